# Wat meldingen zeggen.

# Frame
subject = { $title } · { $brand }
greeting = Beste { $name },
open-brand = Merkkit openen
open-settings = Instellingen openen
footer-why = U krijgt deze e-mail omdat u op de hoogte wilt blijven van uw merken.
footer-settings = Meldingen instellen
footer-unsubscribe = Afmelden
sms = { $brand }: { $title }. { $link }
brand-unnamed = Merk { $id }

# Several at once
digest-title =
    { $count ->
        [one] { $count } nieuwtje
       *[other] { $count } nieuwtjes
    }
digest-text = Dit is er gebeurd sinds het vorige bericht.
digest-more = En nog { $count }.

# Reasons
reason-deadline = het duurde langer dan toegestaan
reason-fault = een fout van ons ({ $code })

# Brands
finished-title = Uw merkkit is klaar
finished-text =
    { $files ->
        [one] Logo’s, kleuren, letters, sjablonen en het merkboek: { $files } bestand, klaar voor gebruik.
       *[other] Logo’s, kleuren, letters, sjablonen en het merkboek: { $files } bestanden, klaar voor gebruik.
    }
failed-title = Uw merkkit kon niet worden gemaakt
failed-text = Het werk is gestopt en wat er al was, is verwijderd. De reden: { $reason }. Vraag de kit opnieuw aan.
cancelled-title = Uw merkkit is geannuleerd
cancelled-text = Het werk is op verzoek gestopt en wat er al was, is verwijderd.
erased-title = Het merk is gewist
erased-text = Alle bestanden en gegevens zijn verwijderd. Dit kan niet ongedaan worden gemaakt.

# Rollouts
promoted-title = { $component } { $version } is in gebruik
promoted-text = Alle nieuwe opdrachten draaien op versie { $version } van { $component }. De vorige blijft nog even beschikbaar.
paused-title = De uitrol van { $component } { $version } staat stil
paused-text = Hij gaat verder zodra iemand dat aangeeft.
returned-title = { $component } { $version } is teruggedraaid
returned-text = Nieuwe opdrachten draaien weer op de vorige versie.

# Budget and quota
budget-near-title = { $percent }% van het budget is verbruikt
budget-near-text = Als het op is, moeten nieuwe merken wachten. U kunt het in de instellingen verhogen.
budget-spent-title = Het budget is op
budget-spent-text = Nieuwe merken wachten tot het wordt verhoogd of de volgende periode begint.
quota-near-title = { $percent }% van het quotum is verbruikt
quota-near-text = Als het op is, moeten nieuwe merken wachten.
quota-spent-title = Het quotum is op
quota-spent-text = Nieuwe merken wachten tot er weer plaats is.

# Webhooks
endpoint-off-title = Een webhook is uitgeschakeld
endpoint-off-text = { $url } nam te lang geen berichten aan, dus er wordt niets meer heen gestuurd. Herstel de webhook en schakel hem weer in; wat gemist is, kan opnieuw worden verstuurd.
