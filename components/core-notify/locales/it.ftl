# Che cosa dicono le notifiche.

# Frame
subject = { $title } · { $brand }
greeting = Buongiorno { $name },
open-brand = Aprire il kit
open-settings = Aprire le impostazioni
footer-why = Riceve questa e-mail perché ha scelto di essere informato sui suoi marchi.
footer-settings = Impostazioni delle notifiche
footer-unsubscribe = Annullare l’iscrizione
sms = { $brand }: { $title }. { $link }
brand-unnamed = Marchio { $id }

# Several at once
digest-title =
    { $count ->
        [one] { $count } novità
       *[other] { $count } novità
    }
digest-text = Ecco che cosa è successo dall’ultimo messaggio.
digest-more = E altre { $count }.

# Reasons
reason-deadline = ha richiesto più tempo del previsto
reason-fault = un nostro errore ({ $code })

# Brands
finished-title = Il suo kit di marca è pronto
finished-text =
    { $files ->
        [one] Loghi, colori, caratteri, modelli e il manuale del marchio: { $files } file, pronto all’uso.
       *[other] Loghi, colori, caratteri, modelli e il manuale del marchio: { $files } file, pronti all’uso.
    }
failed-title = Non è stato possibile creare il suo kit
failed-text = Il lavoro è stato interrotto e ciò che era già pronto è stato eliminato. Il motivo: { $reason }. La preghiamo di richiederlo di nuovo.
cancelled-title = Il suo kit di marca è stato annullato
cancelled-text = Il lavoro è stato interrotto come richiesto e ciò che era già pronto è stato eliminato.
erased-title = Il marchio è stato cancellato
erased-text = Tutti i file e le registrazioni sono stati eliminati. Non si può tornare indietro.

# Rollouts
promoted-title = { $component } { $version } è in uso
promoted-text = Tutti i nuovi lavori usano la versione { $version } di { $component }. La precedente resta disponibile ancora per un po’.
paused-title = Il rilascio di { $component } { $version } è in pausa
paused-text = Riprende quando qualcuno lo autorizza.
returned-title = { $component } { $version } è stato ritirato
returned-text = I nuovi lavori usano di nuovo la versione precedente.

# Budget and quota
budget-near-title = È stato speso il { $percent }% del budget
budget-near-text = Quando sarà esaurito, i nuovi marchi dovranno attendere. Può aumentarlo nelle impostazioni.
budget-spent-title = Il budget è esaurito
budget-spent-text = I nuovi marchi attendono che venga aumentato o che inizi il prossimo periodo.
quota-near-title = È stato usato il { $percent }% della quota
quota-near-text = Quando sarà esaurita, i nuovi marchi dovranno attendere.
quota-spent-title = La quota è esaurita
quota-spent-text = I nuovi marchi attendono che si liberi un posto.

# Webhooks
endpoint-off-title = Un webhook è stato disattivato
endpoint-off-text = { $url } non accetta messaggi da troppo tempo e non gli viene più inviato nulla. Lo ripari e lo riattivi; ciò che è andato perso può essere inviato di nuovo.
