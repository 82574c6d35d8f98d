# Ce que disent les notifications.

# Frame
subject = { $title } · { $brand }
greeting = Bonjour { $name },
open-brand = Ouvrir le kit de marque
open-settings = Ouvrir les réglages
footer-why = Vous recevez cet e-mail parce que vous avez choisi d’être informé de vos marques.
footer-settings = Réglages des notifications
footer-unsubscribe = Se désabonner
sms = { $brand } : { $title }. { $link }
brand-unnamed = Marque { $id }

# Several at once
digest-title =
    { $count ->
        [one] { $count } nouvelle
       *[other] { $count } nouvelles
    }
digest-text = Voici ce qui s’est passé depuis le dernier message.
digest-more = Et { $count } de plus.

# Reasons
reason-deadline = le temps prévu a été dépassé
reason-fault = une erreur de notre part ({ $code })

# Brands
finished-title = Votre kit de marque est prêt
finished-text =
    { $files ->
        [one] Logos, couleurs, typographie, modèles et charte : { $files } fichier, prêt à l’emploi.
       *[other] Logos, couleurs, typographie, modèles et charte : { $files } fichiers, prêts à l’emploi.
    }
failed-title = Votre kit de marque n’a pas pu être créé
failed-text = Le travail a été arrêté et ce qui était déjà fait a été supprimé. La raison : { $reason }. Merci de relancer la demande.
cancelled-title = Votre kit de marque a été annulé
cancelled-text = Le travail a été arrêté comme demandé et ce qui était déjà fait a été supprimé.
erased-title = La marque a été effacée
erased-text = Tous ses fichiers et toutes ses traces ont été supprimés. C’est irréversible.

# Rollouts
promoted-title = { $component } { $version } est en service
promoted-text = Tous les nouveaux travaux utilisent la version { $version } de { $component }. La précédente reste disponible quelque temps.
paused-title = Le déploiement de { $component } { $version } est en pause
paused-text = Il reprendra dès que quelqu’un le décidera.
returned-title = { $component } { $version } a été retiré
returned-text = Les nouveaux travaux utilisent de nouveau la version précédente.

# Budget and quota
budget-near-title = { $percent } % du budget est dépensé
budget-near-text = Une fois le budget épuisé, les nouvelles marques devront attendre. Vous pouvez l’augmenter dans les réglages.
budget-spent-title = Le budget est épuisé
budget-spent-text = Les nouvelles marques attendent qu’il soit augmenté ou que la prochaine période commence.
quota-near-title = { $percent } % du quota est utilisé
quota-near-text = Une fois le quota atteint, les nouvelles marques devront attendre.
quota-spent-title = Le quota est atteint
quota-spent-text = Les nouvelles marques attendent qu’une place se libère.

# Webhooks
endpoint-off-title = Un webhook a été désactivé
endpoint-off-text = { $url } n’accepte plus de messages depuis trop longtemps ; plus rien ne lui est envoyé. Réparez-le et réactivez-le : ce qu’il a manqué peut être renvoyé.
