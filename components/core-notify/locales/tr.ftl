# Bildirimlerin söyledikleri.

# Frame
subject = { $title } · { $brand }
greeting = Merhaba { $name },
open-brand = Marka kitini aç
open-settings = Ayarları aç
footer-why = Bu e-postayı, markalarınızdan haberdar olmak istediğiniz için aldınız.
footer-settings = Bildirim ayarları
footer-unsubscribe = Abonelikten çık
sms = { $brand }: { $title }. { $link }
brand-unnamed = Marka { $id }

# Several at once
digest-title =
    { $count ->
        [one] { $count } yenilik
       *[other] { $count } yenilik
    }
digest-text = Son iletiden bu yana olanlar.
digest-more = Ve { $count } tane daha.

# Reasons
reason-deadline = öngörülenden uzun sürdü
reason-fault = bizden kaynaklanan bir hata ({ $code })

# Brands
finished-title = Marka kitiniz hazır
finished-text =
    { $files ->
        [one] Logolar, renkler, yazı tipleri, şablonlar ve marka kitabı: kullanıma hazır { $files } dosya.
       *[other] Logolar, renkler, yazı tipleri, şablonlar ve marka kitabı: kullanıma hazır { $files } dosya.
    }
failed-title = Marka kitiniz hazırlanamadı
failed-text = Çalışma durduruldu ve o ana kadar yapılanlar silindi. Nedeni: { $reason }. Lütfen yeniden isteyin.
cancelled-title = Marka kitiniz iptal edildi
cancelled-text = Çalışma isteğiniz üzerine durduruldu ve o ana kadar yapılanlar silindi.
erased-title = Marka silindi
erased-text = Bütün dosyaları ve kayıtları kaldırıldı. Bu işlem geri alınamaz.

# Rollouts
promoted-title = { $component } { $version } yayında
promoted-text = Bütün yeni işler { $component } bileşeninin { $version } sürümünde çalışıyor. Önceki sürüm bir süre daha hazır bekleyecek.
paused-title = { $component } { $version } geçişi beklemede
paused-text = Biri onay verdiğinde devam edecek.
returned-title = { $component } { $version } geri alındı
returned-text = Yeni işler yeniden önceki sürümde çalışıyor.

# Budget and quota
budget-near-title = Bütçenin %{ $percent } kadarı kullanıldı
budget-near-text = Bütçe bittiğinde yeni markalar beklemek zorunda kalır. Ayarlardan artırabilirsiniz.
budget-spent-title = Bütçe tükendi
budget-spent-text = Bütçe artırılana ya da yeni dönem başlayana kadar yeni markalar bekleyecek.
quota-near-title = Kotanın %{ $percent } kadarı kullanıldı
quota-near-text = Kota dolduğunda yeni markalar beklemek zorunda kalır.
quota-spent-title = Kota doldu
quota-spent-text = Yer açılana kadar yeni markalar bekleyecek.

# Webhooks
endpoint-off-title = Bir webhook kapatıldı
endpoint-off-text = { $url } uzun süredir ileti kabul etmediği için oraya artık bir şey gönderilmiyor. Sorunu giderip yeniden açın; kaçırdıkları tekrar gönderilebilir.
