# `imprint check` komutunun başkalarının dosyalarında bulduğu şeyler. Önce neyin yanlış olduğu, sonra ne yapılacağı.

check-color = { $value } markanın renklerinden biri değil: en yakını olan { $name } { $near }, ΔE { $measured } uzakta; izin verilen { $allowed }. { $near } kullanın.
check-color-far = { $value } markanın renklerinden biri değil: en yakını olan { $name } { $near }, ΔE { $measured } uzakta; izin verilen { $allowed }. Markanın renklerinden birini kullanın.
check-ink = { $value } mürekkebi markanın değil: en yakını olan { $name } { $near }, { $measured } puan farklı; izin verilen { $allowed }. { $near } kullanın.
check-font = { $value } markanın yazı tiplerinden biri değil. Şunu kullanın: { $families }.
check-contrast = { $ground } üzerinde { $value } metnin kontrastı { $measured }:1; { $allowed }:1 gerekir. Metni koyulaştırın ya da zemini açın, veya tersini yapın.
check-stretched = Logo ({ $logo }) bozulmuş: bir kenarı { $percent } fazla uzun. İki kenarı aynı oranda ölçekleyin.
check-turned = Logo ({ $logo }) { $degrees }° döndürülmüş. Düz koyun.
check-mirrored = Logo ({ $logo }) aynalanmış. Kitteki dosyayı olduğu gibi kullanın.
check-recolored = Logo ({ $logo }) kendine ait renkler taşıyor: { $colors }. Kitteki renk sürümlerinden birini kullanın.
check-faint = Logo ({ $logo }) { $ground } üzerinde zor görünüyor: kontrast { $measured }:1; { $allowed }:1 gerekir. Bu zemin için olan renk sürümünü kullanın.
check-small = Logonun ({ $logo }) genişliği { $measured } { $unit }; parçaları için en az { $allowed } { $unit } gerekir. Büyütün ya da daha yalın bir düzen kullanın.
check-crowded = Logodan ({ $logo }) { $measured } { $unit } uzakta, { $allowed } { $unit } olan boşluk alanının içinde bir şey duruyor. Onu uzaklaştırın.

# Söylenemeyenler.
check-untold-logo = Kitteki logolardan hiçbiri bulunamadı. Yeniden çizilmiş, kesilmiş ya da fotoğraf üzerine konmuş bir logo tanınamaz.
check-untold-plain = { $logo }: başka şekillerden ayırt edilemeyecek kadar yalın; aranmadı.
check-untold-own = Bu, kitin kendi dosyası, yapıldığı gibi: { $path }. Değerlendirilmedi.
check-untold-size = Dosya ne büyüklükte gösterileceğini söylemiyor; en küçük boyut denetlenmedi.
check-untold-pictures = Dosyadaki resimlerin içine bakılmadı ({ $count }). Onları ayrı dosyalar olarak denetleyin.
check-untold-photo = Resmin yalnızca { $share } kadarı düz renk. Gerisi fotoğraf ya da renk geçişi; renkleri değerlendirilmedi.
check-untold-spaces = Şöyle yazılmış renkler karşılaştırılmadı: { $names }.
check-untold-external = Şunlar başka yerden alınıyor ve okunmadı: { $links }.
check-untold-text = Metin öğelerinin harfleri dış çizgi değil: metin olarak dizilmiş bir logo bulunmaz, logolara uzaklıkları da ölçülmedi.
check-untold-ground = Resmin düz bir zemini yok; logo aranmadı.
check-untold-many = Dosyada arananlardan daha çok şekil var; bir bölümünde logo aranmadı.
check-untold-pages = { $all } sayfadan { $read } sayfa okundu.
check-untold-packed = Dosyanın bazı bölümleri { $names } ile paketlenmiş ve okunmadı.
