# Marka kitabı ve özet.

kit-book = Marka kılavuzu
kit-book-of = { $name }: marka kılavuzu
kit-overview-of = { $name }: bir bakışta marka
kit-cover = Kapak

# Kısa başvuru
kit-reference = Kısaca
kit-reference-intro = Her gün aynı üç soru sorulur: hangi dosya, hangi renk, hangi yazı tipi. Tek bir sayfa okuyacaksanız bunu okuyun.
kit-which-file = Hangi dosya?
kit-which-color = Hangi renk?
kit-which-face = Hangi yazı tipi?
kit-case-page = Web sitesi, mektup, slayt: her açık zemin
kit-case-dark = Markanın koyu renginin üzerinde
kit-case-narrow = Yükseklik var, genişlik azsa
kit-case-profile = Profil resmi, uygulama, küçük alanlar
kit-case-one-color = Damga, gravür, tek renk baskı
kit-case-photo = Fotoğrafların ve güçlü renklerin üzerinde
kit-face-display = Kalınlık { $weight }. Ad, büyük ve küçük başlıklar için.
kit-face-text = Kalınlık { $weight }. Okunan her şey için.
kit-face-strong = Vurgu ve etiketler için kalınlık { $weight }.

# Düşünce ve gerekçeler
kit-idea = Düşünce
kit-reasons = Neden böyle görünüyor
kit-reasons-intro = Her kararın bir gerekçesi vardır. Yanında ne kadar kesin bilindiği ve nereden geldiği yazar; böylece tartabilir, isterseniz karşı çıkabilirsiniz.
kit-topic-industry = Sektör
kit-topic-style = Ton
kit-topic-color = Renk
kit-topic-type = Yazı
kit-topic-shape = Biçim
kit-topic-logo = Logo
kit-topic-name = Ad
kit-topic-character = Karakter
kit-topic-category = Sektörün renkleri
kit-topic-contrast = Okunurluk
kit-topic-motif = Simge
kit-topic-other = Bilmekte yarar var
kit-evidence-strong = Güçlü dayanak
kit-evidence-limited = Kısmi dayanak
kit-evidence-practice = Meslek deneyimi
kit-evidence-sourced = { $grade }. { $source }

# Logo
kit-logo = Logo
kit-logo-intro = Amblem ile ad sabit bir oranda durur. Önce yatay sürümü kullanın; ötekiler, onun çok küçük kalacağı yerler içindir. Her zaman hazır dosyaları alın, adı asla kendiniz dizmeyin.
kit-lockup-stacked = Dikey
kit-lockup-stacked-use = Kare ve dar alanlar için.
kit-lockup-mark = Amblem
kit-lockup-mark-use = Ad zaten yakındaysa.
kit-lockup-wordmark = Yazı logosu
kit-lockup-wordmark-use = Amblem çok küçük kalacaksa.
kit-colorways = Renk sürümleri
kit-colorways-intro = Altı sürüm her zemine ve her baskıya yeter. Kararı zemin verir: her parçası ilk bakışta görüleni seçin.
kit-colorway-color = Renkli
kit-colorway-color-use = Olağan sürüm, beyaz ve açık zeminlerde.
kit-colorway-reversed = Negatif
kit-colorway-reversed-use = Markanın koyu renginin üzerinde.
kit-colorway-black = Siyah
kit-colorway-black-use = Tek mürekkeple basılabiliyorsa.
kit-colorway-white = Beyaz
kit-colorway-white-use = Güçlü renklerde ve fotoğrafların sakin yerlerinde.
kit-space = Boşluk ve boyut
kit-space-intro = Logo çevresinde hava, bir de belli bir boyut ister; yoksa logo olmaktan çıkar. Bütün değerler bu logo üzerinde ölçüldü.
kit-space-rule = Her yanda amblem yüksekliğinin (x) %{ $percent } kadarını boş bırakın: metin, kenar ya da başka bir logo girmesin.
kit-smallest = En küçük boyut
kit-smallest-rule = Amblemi { $px } pikselden, baskıda { $mm } mm ölçüsünden küçük göstermeyin. Daha küçüğünde parçaları birbirine karışır.
kit-misuse = Lütfen yapmayın
kit-misuse-intro = Logo, hep aynı göründüğü için akılda kalır. Bu değişiklikler zararsız görünür, ama bunu bozar.
kit-misuse-stretched = Esnetmeyin, sıkıştırmayın.
kit-misuse-turned = Eğmeyin.
kit-misuse-recolored = Başka renklere boyamayın.
kit-misuse-contrast = Görünmeyeceği yere koymayın.
kit-misuse-crowded = Yanına bir şey yanaştırmayın.
kit-misuse-rearranged = Parçalarının yerini değiştirmeyin.
kit-concepts = Bütün taslaklar
kit-concepts-intro = Farklı düşüncelerden { $count } taslak çıktı. Önerilen 1 numaradır ve bu kılavuzun her yerinde o kullanılır; bütün taslakların dosyaları pakettedir.

# Renk
kit-color = Renk
kit-color-intro = Şeritler, alışılmış bir düzende her rengin ne kadar yer tuttuğunu gösterir. Yeri sakin renklere bırakın, gür olanlar kendini duyurur.
kit-color-intro-given = Ana renk sizin verdiğiniz renktir, değiştirilmedi. Şeritler, alışılmış bir düzende her rengin ne kadar yer tuttuğunu gösterir: yeri sakin renklere bırakın.
kit-swatch-primary = Ana renk
kit-swatch-secondary = İkincil renk
kit-swatch-accent = Vurgu
kit-swatch-ink = Mürekkep
kit-swatch-paper = Kâğıt
kit-swatch-neutral = Nötr
kit-scales = Basamaklar ve temalar
kit-scales-intro = Her rengin açıktan koyuya on bir basamağı vardır: yüzeyler, kenarlar ve durumlar için. Temalar bunları işe koşar: biri açık, biri koyu ekranlar için, biri de yüksek kontrastlı.
kit-theme-light = Açık
kit-theme-dark = Koyu
kit-contrast = Kontrast
kit-contrast-intro = Her kutu, anlattığı iki renkle dizilmiştir. 4,5 ve üstünde metni neredeyse herkes okur (AA), 7 ve üstünde rahatça okur (AAA); büyük yazı, çizgi ve simgeler için 3 yeterlidir. WCAG 2.2 uyarınca ölçülmüştür.
kit-contrast-corner = Zemin üzerinde renk
kit-role-background = Zemin
kit-role-surface = Yüzey
kit-role-surface-raised = Yükseltilmiş
kit-role-border = Kenar
kit-role-text = Metin
kit-role-muted = Sakin metin
kit-role-primary = Ana renk
kit-role-secondary = İkincil renk
kit-role-accent = Vurgu
kit-role-link = Bağlantı
kit-role-focus = Odak
kit-role-success = Başarı
kit-role-warning = Uyarı
kit-role-danger = Tehlike

# Yazı
kit-type = Yazı tipleri
kit-sizes = Yazı boyları
kit-sizes-intro = Bütün boylar tek bir orana uyar: { $ratio }. Böylece her basamak hissedilir. Burada ekrandaki büyüklükleriyle basılmıştır.
kit-size-display = Afiş
kit-size-title = Başlık
kit-size-heading = Ara başlık
kit-size-lead = Giriş
kit-size-body = Metin
kit-size-caption = Resim altı
kit-size-values = { $px } px, satır { $leading }, harf aralığı %{ $tracking }
kit-sample = İyi tasarım susabildiği yerde susar, gerektiği yerde açık konuşur.
kit-sample-long = Markayla gelip geçerken karşılaşılır: bir kapıda, telefonda, fişin kenarında. Seyrek okunur, hiç incelenmez. Geriye bir ton, bir renk, bir satırın ritmi kalır. Bunlar her seferinde dönüp gelirse güven neredeyse kendiliğinden büyür; değişirse her karşılaşma ilk karşılaşma olur.
kit-sample-display = Kalıcı olsun diye
kit-sample-title = Akılda kalan bir söz
kit-sample-heading = Bir kez ve açıkça söylenmiş
kit-sample-lead = İlk cümle başlıktan metne götürür ve neyin önemli olduğunu söyler.
kit-sample-body = Metin görülmek değil, okunmak ister. Satırda elli ile yetmiş beş arası karakter olsun, paragrafların arasında boşluk kalsın, vurgu ise seyrek kullanılsın.
kit-sample-caption = Resim altı yazıları resmi açıklar, notlar kaynağı gösterir. Küçüktürler ama okunurlar.

# Dosyalar
kit-files = Dosyalar ve künye
kit-files-intro = Bu kılavuzdaki her şey pakette dosya olarak bulunur. Bütün dosyaların sağlama toplamlı listesi manifest.json dosyasındadır.
kit-folders = Ne nerede
kit-folder-root = brand.json neye neden karar verildiğini, report.json neyin ölçüldüğünü, manifest.json hangi dosyaların bulunduğunu söyler.
kit-folder-logos = Her taslağın her sürümü, SVG ve PNG olarak.
kit-folder-web = Tarayıcılar ve telefonlar için simgeler, sayfanıza eklenecek satırlarla.
kit-folder-app = Uygulama simgeleri.
kit-folder-social = Sosyal ağlar için görseller.
kit-folder-tokens = Geliştiriciler için renkler ve yazı: CSS, Sass, Design Tokens.
kit-folder-book = Bu kılavuz.
kit-folder-print = Matbaanız için kurumsal evrak: bitmiş boy, taşma payı ve kesim işaretleri hazırdır. Adlar ve adresler örnektir.
kit-folder-fonts = Lisanslarıyla birlikte yazı tipleri.
kit-file-count = { $count } dosya.
kit-faces = Yazı tipleri
kit-license = { $license } lisansı: baskıda, web’de ve ürünlerde serbestçe kullanılır.
kit-colophon = Künye
kit-made-with = Imprint { $version } ({ $date }) ile hazırlandı.
kit-made-from = Tohum değeri { $seed }, { $concepts } taslak.
kit-made-again = Aynı istek, aynı tohum ve aynı sürüm, bu paketin bayt bayt aynısını verir.

# Kılavuzu dinleyenler için
kit-alt-horizontal = { $name } logosu: amblem ve ad yan yana
kit-alt-stacked = { $name } logosu: amblem adın üstünde
kit-alt-mark = { $name } amblemi
kit-alt-wordmark = Yazı logosu olarak { $name } adı
kit-alt-concept = { $rank }. taslak: { $title }
kit-alt-sizes = Amblem, { $px } pikselden başlayarak büyüyen boylarda
kit-alt-shares = Her rengin düzendeki payı genişliğinde şeritler
kit-theme-high-contrast = Yüksek kontrast
kit-role-info = Bilgi
kit-print = CMYK, “{ $profile }” profilindeki baskı makinesi içindir; dE, baskının ekrandan ne kadar saptığını söyler. Matbaanızın kendi profili daha iyi değerler verir.

# Contact sheet
kit-sheet-smallest = { $px } px ve üzeri

# Six lockups, six colourways, room and smallest sizes
kit-lockup-horizontal = Yatay
kit-lockup-horizontal-use = Yer olan her yerde ilk seçim.
kit-lockup-square = Kare
kit-lockup-square-use = Adı da taşıyan profil resimleri için.
kit-lockup-badge = Rozet
kit-lockup-badge-use = Çıkartmalar, damgalar ve etiketler için.
kit-colorway-mono = Tek renk
kit-colorway-mono-use = Kendi tek mürekkebiniz, bir iplik ya da folyo için.
kit-colorway-grey = Gri tonlar
kit-colorway-grey-use = Gazeteler, formlar ve fotokopiler için.
kit-alt-square = Kare içinde { $name } logosu: amblem adın üstünde
kit-alt-badge = { $name } rozeti: amblem ve ad tek bir biçim
kit-alt-small = { $name } amblemi, küçük boylar için çizilmiş
kit-alt-with-idea = { $what }. { $idea }
kit-alt-smallest = Logonun bütün sürümleri en küçük boylarında
kit-space-letters = Her yanda x kadar boşluk bırakın: metin, kenar ya da başka bir logo girmesin. x, harf yüksekliğinin yarısıdır: amblem yüksekliğinin %{ $percent } kadarı.
kit-space-stroke = Her yanda x kadar boşluk bırakın: metin, kenar ya da başka bir logo girmesin. x, amblemin çizgileri kadar geniştir: yüksekliğinin %{ $percent } kadarı.
kit-smallest-lockups = Her sürüm, izin verilen en küçük boyda ve gerçek ölçüsünde. Daha küçüğünde adın en ince çizgisi ya da amblemin bir parçası kaybolur.
kit-smallest-drawing = 16 ile 32 piksel arasında küçük boylar için yapılan çizimi kullanın: adı “small” ile başlayan dosyalar.

# Revisions
kit-changes-title = { $from }. sürümden { $to }. sürüme değişenler
kit-changes-before = önce
kit-changes-after = sonra
kit-changes-asked = İstenenler
kit-changes-decided = Kararlar
kit-changes-colors = Renkler
kit-changes-files = Dosyalar
kit-changes-nothing = Hiçbir şey.
kit-changes-counts = { $added } eklendi, { $removed } kaldırıldı, { $changed } değişti, { $same } aynı kaldı.

# The page of the checks
kit-report-title = { $name } için denetimler
kit-report-intro = Bu kitin bütün denetimleri: neyin ölçüldüğü ve neyle karşılaştırıldığı. Denetimler İngilizce yazılmıştır; aynısı programlar için report.json içinde bulunur.
kit-report-passed = geçti
kit-report-missed = ulaşılmadı
kit-report-failed = kaldı
kit-report-told = bilgi
kit-report-checks = denetim
kit-report-gates = tutulmayan söz
kit-report-warnings = ulaşılmayan hedef
kit-report-check = Denetim
kit-report-measured = Ölçülen
kit-report-threshold = Eşik
kit-report-result = Sonuç
kit-report-first = Ulaşılmayanlar
kit-report-whole = Her söz tutuldu ve her hedefe ulaşıldı.
kit-report-group-palette = Renk
kit-report-group-type = Yazı
kit-report-group-logo = Logo
kit-report-group-assets = Görseller ve simgeler
kit-report-group-tokens = Tasarım belirteçleri
kit-report-group-fonts = Yazı tipleri
kit-report-group-book = Marka kitabı
kit-report-group-print = Kurumsal evrak
kit-report-group-email = E-posta imzası
kit-report-group-other = Diğer

# More folders
kit-folder-email = E-postalar için imza, HTML ve düz metin olarak.
made-files = { $count } dosya, { $size } kB, { $path }
made-concepts = { $count } taslak, önerilen: `{ $first }`.
made-book = Her şeyin nasıl ve neden kullanıldığı.
made-overview = Bir bakışta kit.
made-index = Hangi dosya ne için: buradan başlayın.
made-seed = tohum { $seed }, { $seconds } sn
made-setup = (bunun { $seconds } sn’si hazırlık)
made-fewer = { $asked } taslaktan yalnızca { $count }: geri kalanlar belirtilen işaretlere fazla benziyor. Başka bir tohum daha fazlasını verebilir.
made-missed = { $id } eksik: { $why }
made-note = not: { $text }
