# What notifications say.

# Frame
subject = { $title } · { $brand }
greeting = Hello { $name },
open-brand = Open the brand kit
open-settings = Open the settings
footer-why = You receive this e-mail because you chose to be told about your brands.
footer-settings = Notification settings
footer-unsubscribe = Unsubscribe
sms = { $brand }: { $title }. { $link }
brand-unnamed = Brand { $id }

# Several at once
digest-title =
    { $count ->
        [one] { $count } update
       *[other] { $count } updates
    }
digest-text = This is what happened since the last message.
digest-more = And { $count } more.

# Reasons
reason-deadline = it took longer than it was given
reason-fault = a fault of ours ({ $code })

# Brands
finished-title = Your brand kit is ready
finished-text =
    { $files ->
        [one] Logos, colours, type, templates and the brand book: { $files } file, ready to use.
       *[other] Logos, colours, type, templates and the brand book: { $files } files, ready to use.
    }
failed-title = Your brand kit could not be made
failed-text = The work was stopped and what had been made was removed. The reason: { $reason }. Please ask for it again.
cancelled-title = Your brand kit was cancelled
cancelled-text = The work was stopped as asked, and what had been made was removed.
erased-title = The brand was erased
erased-text = All its files and records are gone. This cannot be undone.

# Rollouts
promoted-title = { $component } { $version } is live
promoted-text = Every new job runs on version { $version } of { $component }. The version before stays ready for a while.
paused-title = The rollout of { $component } { $version } is on hold
paused-text = It goes on when somebody tells it to.
returned-title = { $component } { $version } was rolled back
returned-text = New jobs run on the version before again.

# Budget and quota
budget-near-title = { $percent }% of the budget is used
budget-near-text = When it is spent, new brands have to wait. You can raise it in the settings.
budget-spent-title = The budget is spent
budget-spent-text = New brands wait until it is raised or the next period begins.
quota-near-title = { $percent }% of the quota is used
quota-near-text = When it is used up, new brands have to wait.
quota-spent-title = The quota is used up
quota-spent-text = New brands wait until there is room again.

# Webhooks
endpoint-off-title = A webhook was switched off
endpoint-off-text = { $url } took no messages for too long, so nothing is sent there any more. Repair it and switch it on again; what it missed can be sent once more.
