# Was Benachrichtigungen sagen.

# Frame
subject = { $title } · { $brand }
greeting = Guten Tag { $name },
open-brand = Marken-Kit öffnen
open-settings = Einstellungen öffnen
footer-why = Sie erhalten diese E-Mail, weil Sie über Ihre Marken auf dem Laufenden bleiben möchten.
footer-settings = Benachrichtigungen einstellen
footer-unsubscribe = Abbestellen
sms = { $brand }: { $title }. { $link }
brand-unnamed = Marke { $id }

# Several at once
digest-title =
    { $count ->
        [one] { $count } Neuigkeit
       *[other] { $count } Neuigkeiten
    }
digest-text = Das ist seit der letzten Nachricht geschehen.
digest-more = Und { $count } weitere.

# Reasons
reason-deadline = es dauerte länger als vorgesehen
reason-fault = ein Fehler auf unserer Seite ({ $code })

# Brands
finished-title = Ihr Marken-Kit ist fertig
finished-text =
    { $files ->
        [one] Logos, Farben, Schriften, Vorlagen und das Markenhandbuch: { $files } Datei, bereit zum Einsatz.
       *[other] Logos, Farben, Schriften, Vorlagen und das Markenhandbuch: { $files } Dateien, bereit zum Einsatz.
    }
failed-title = Ihr Marken-Kit ist nicht zustande gekommen
failed-text = Die Arbeit wurde abgebrochen, und was schon entstanden war, wurde entfernt. Der Grund: { $reason }. Bitte geben Sie das Kit noch einmal in Auftrag.
cancelled-title = Ihr Marken-Kit wurde abgebrochen
cancelled-text = Die Arbeit wurde wie gewünscht beendet, und was schon entstanden war, wurde entfernt.
erased-title = Die Marke wurde gelöscht
erased-text = Alle Dateien und Aufzeichnungen sind entfernt. Das lässt sich nicht rückgängig machen.

# Rollouts
promoted-title = { $component } { $version } ist im Einsatz
promoted-text = Alle neuen Aufträge laufen mit Version { $version } von { $component }. Die vorige bleibt noch eine Weile bereit.
paused-title = Die Einführung von { $component } { $version } ruht
paused-text = Sie geht weiter, sobald jemand sie freigibt.
returned-title = { $component } { $version } wurde zurückgenommen
returned-text = Neue Aufträge laufen wieder mit der vorigen Version.

# Budget and quota
budget-near-title = { $percent } % des Budgets sind verbraucht
budget-near-text = Ist es aufgebraucht, müssen neue Marken warten. In den Einstellungen können Sie es erhöhen.
budget-spent-title = Das Budget ist aufgebraucht
budget-spent-text = Neue Marken warten, bis es erhöht wird oder der nächste Zeitraum beginnt.
quota-near-title = { $percent } % des Kontingents sind verbraucht
quota-near-text = Ist es ausgeschöpft, müssen neue Marken warten.
quota-spent-title = Das Kontingent ist ausgeschöpft
quota-spent-text = Neue Marken warten, bis wieder Platz ist.

# Webhooks
endpoint-off-title = Ein Webhook wurde abgeschaltet
endpoint-off-text = { $url } hat zu lange keine Nachrichten angenommen, deshalb geht nichts mehr dorthin. Beheben Sie die Störung und schalten Sie ihn wieder ein; Verpasstes lässt sich nachsenden.
