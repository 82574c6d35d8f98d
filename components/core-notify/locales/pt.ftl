# O que dizem as notificações.

# Frame
subject = { $title } · { $brand }
greeting = Olá, { $name },
open-brand = Abrir o kit de marca
open-settings = Abrir as configurações
footer-why = Você recebe este e-mail porque quis ser avisado sobre as suas marcas.
footer-settings = Configurações de notificações
footer-unsubscribe = Cancelar inscrição
sms = { $brand }: { $title }. { $link }
brand-unnamed = Marca { $id }

# Several at once
digest-title =
    { $count ->
        [one] { $count } novidade
       *[other] { $count } novidades
    }
digest-text = Isto é o que aconteceu desde a última mensagem.
digest-more = E mais { $count }.

# Reasons
reason-deadline = levou mais tempo do que o previsto
reason-fault = uma falha nossa ({ $code })

# Brands
finished-title = O seu kit de marca está pronto
finished-text =
    { $files ->
        [one] Logos, cores, tipografia, modelos e o manual da marca: { $files } arquivo, pronto para usar.
       *[other] Logos, cores, tipografia, modelos e o manual da marca: { $files } arquivos, prontos para usar.
    }
failed-title = Não foi possível criar o seu kit de marca
failed-text = O trabalho foi interrompido e o que já estava feito foi removido. O motivo: { $reason }. Por favor, peça novamente.
cancelled-title = O seu kit de marca foi cancelado
cancelled-text = O trabalho foi interrompido a pedido, e o que já estava feito foi removido.
erased-title = A marca foi apagada
erased-text = Todos os arquivos e registros foram removidos. Isso não pode ser desfeito.

# Rollouts
promoted-title = { $component } { $version } está em uso
promoted-text = Todos os novos trabalhos usam a versão { $version } de { $component }. A anterior continua à disposição por um tempo.
paused-title = A implantação de { $component } { $version } está em pausa
paused-text = Ela continua quando alguém autorizar.
returned-title = { $component } { $version } foi revertido
returned-text = Os novos trabalhos voltaram a usar a versão anterior.

# Budget and quota
budget-near-title = { $percent }% do orçamento já foi usado
budget-near-text = Quando ele acabar, novas marcas terão de esperar. Você pode aumentá-lo nas configurações.
budget-spent-title = O orçamento acabou
budget-spent-text = Novas marcas esperam até que ele seja aumentado ou comece o próximo período.
quota-near-title = { $percent }% da cota já foi usada
quota-near-text = Quando ela acabar, novas marcas terão de esperar.
quota-spent-title = A cota acabou
quota-spent-text = Novas marcas esperam até que haja espaço de novo.

# Webhooks
endpoint-off-title = Um webhook foi desativado
endpoint-off-text = { $url } passou tempo demais sem aceitar mensagens, e nada mais é enviado para lá. Corrija o problema e ative-o de novo; o que faltou pode ser reenviado.
