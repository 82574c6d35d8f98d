# Co mówią powiadomienia.

# Frame
subject = { $title } · { $brand }
greeting = Dzień dobry, { $name },
open-brand = Otwórz zestaw marki
open-settings = Otwórz ustawienia
footer-why = Ta wiadomość przyszła, ponieważ wybrano powiadomienia o markach.
footer-settings = Ustawienia powiadomień
footer-unsubscribe = Wypisz się
sms = { $brand }: { $title }. { $link }
brand-unnamed = Marka { $id }

# Several at once
digest-title =
    { $count ->
        [one] { $count } nowość
        [few] { $count } nowości
       *[other] { $count } nowości
    }
digest-text = Oto co wydarzyło się od ostatniej wiadomości.
digest-more = I jeszcze { $count }.

# Reasons
reason-deadline = praca trwała dłużej, niż przewidziano
reason-fault = błąd po naszej stronie ({ $code })

# Brands
finished-title = Zestaw marki jest gotowy
finished-text =
    { $files ->
        [one] Logo, kolory, kroje, szablony i księga marki: { $files } plik, gotowy do użycia.
        [few] Logo, kolory, kroje, szablony i księga marki: { $files } pliki, gotowe do użycia.
       *[other] Logo, kolory, kroje, szablony i księga marki: { $files } plików, gotowych do użycia.
    }
failed-title = Nie udało się przygotować zestawu marki
failed-text = Praca została przerwana, a to, co już powstało, usunięto. Powód: { $reason }. Prosimy zamówić zestaw ponownie.
cancelled-title = Zestaw marki został anulowany
cancelled-text = Praca została przerwana na życzenie, a to, co już powstało, usunięto.
erased-title = Marka została usunięta
erased-text = Wszystkie jej pliki i zapisy zostały skasowane. Tego nie można cofnąć.

# Rollouts
promoted-title = { $component } { $version } już działa
promoted-text = Wszystkie nowe zlecenia korzystają z wersji { $version } komponentu { $component }. Poprzednia pozostaje jeszcze przez chwilę w pogotowiu.
paused-title = Wdrożenie { $component } { $version } jest wstrzymane
paused-text = Ruszy dalej, gdy ktoś wyrazi zgodę.
returned-title = { $component } { $version }: wersja wycofana
returned-text = Nowe zlecenia znów korzystają z poprzedniej wersji.

# Budget and quota
budget-near-title = Wykorzystano { $percent }% budżetu
budget-near-text = Gdy się skończy, nowe marki będą musiały poczekać. Można go zwiększyć w ustawieniach.
budget-spent-title = Budżet został wyczerpany
budget-spent-text = Nowe marki czekają, aż zostanie zwiększony albo zacznie się kolejny okres.
quota-near-title = Wykorzystano { $percent }% limitu
quota-near-text = Gdy się skończy, nowe marki będą musiały poczekać.
quota-spent-title = Limit został wyczerpany
quota-spent-text = Nowe marki czekają, aż znów będzie miejsce.

# Webhooks
endpoint-off-title = Webhook został wyłączony
endpoint-off-text = { $url } zbyt długo nie przyjmował wiadomości, więc nic już tam nie wysyłamy. Po naprawie można go włączyć ponownie; to, co przepadło, da się wysłać jeszcze raz.
