# Lo que dicen las notificaciones.

# Frame
subject = { $title } · { $brand }
greeting = Hola, { $name }:
open-brand = Abrir el kit de marca
open-settings = Abrir los ajustes
footer-why = Recibe este correo porque quiso estar al tanto de sus marcas.
footer-settings = Ajustes de notificaciones
footer-unsubscribe = Darse de baja
sms = { $brand }: { $title }. { $link }
brand-unnamed = Marca { $id }

# Several at once
digest-title =
    { $count ->
        [one] { $count } novedad
       *[other] { $count } novedades
    }
digest-text = Esto es lo que ha pasado desde el último mensaje.
digest-more = Y { $count } más.

# Reasons
reason-deadline = tardó más de lo previsto
reason-fault = un fallo nuestro ({ $code })

# Brands
finished-title = Su kit de marca está listo
finished-text =
    { $files ->
        [one] Logotipos, colores, tipografía, plantillas y el manual de marca: { $files } archivo, listo para usar.
       *[other] Logotipos, colores, tipografía, plantillas y el manual de marca: { $files } archivos, listos para usar.
    }
failed-title = No se pudo crear su kit de marca
failed-text = El trabajo se detuvo y se eliminó lo que ya estaba hecho. El motivo: { $reason }. Vuelva a solicitarlo, por favor.
cancelled-title = Se canceló su kit de marca
cancelled-text = El trabajo se detuvo como se pidió y se eliminó lo que ya estaba hecho.
erased-title = La marca se ha borrado
erased-text = Todos sus archivos y registros se han eliminado. No se puede deshacer.

# Rollouts
promoted-title = { $component } { $version } está en servicio
promoted-text = Todos los trabajos nuevos usan la versión { $version } de { $component }. La anterior sigue disponible un tiempo.
paused-title = El despliegue de { $component } { $version } está en pausa
paused-text = Continuará cuando alguien lo indique.
returned-title = { $component } { $version } se ha retirado
returned-text = Los trabajos nuevos vuelven a usar la versión anterior.

# Budget and quota
budget-near-title = Se ha gastado el { $percent } % del presupuesto
budget-near-text = Cuando se agote, las marcas nuevas tendrán que esperar. Puede ampliarlo en los ajustes.
budget-spent-title = El presupuesto se ha agotado
budget-spent-text = Las marcas nuevas esperan hasta que se amplíe o empiece el siguiente periodo.
quota-near-title = Se ha usado el { $percent } % de la cuota
quota-near-text = Cuando se agote, las marcas nuevas tendrán que esperar.
quota-spent-title = La cuota se ha agotado
quota-spent-text = Las marcas nuevas esperan hasta que vuelva a haber sitio.

# Webhooks
endpoint-off-title = Se ha desactivado un webhook
endpoint-off-text = { $url } llevaba demasiado tiempo sin aceptar mensajes y ya no se le envía nada. Repárelo y vuelva a activarlo; lo que se perdió puede enviarse de nuevo.
