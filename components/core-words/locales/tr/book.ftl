# The longer book: contents, construction, grounds, print, pictures, uses, access, tokens.

kit-contents = İçindekiler
kit-contents-intro = Her satır kendi sayfasına götürür. Acelesi olan, yanıtı bir önceki sayfada bulur.
kit-alt-link = { $title }, sayfa { $page }
kit-part-brand = Marka
kit-part-use = Kullanımda
kit-part-record = Başvuru
kit-lockups = Sürümler
kit-palette = Palet

# Construction
kit-construction = Kuruluş
kit-construction-intro = Amblem, sekize sekiz bölünmüş bir karede durur. Küçük kareler çizgisinin noktalarıdır; yanlarındaki çizgiler bir eğrinin nereye yöneldiğini gösterir. Altta, logonun parçaları amblemin yüksekliğiyle ölçülmüştür.
kit-construction-points = Çizginin noktaları
kit-construction-shape = En ve boy oranı
kit-construction-letters = Harflerin yüksekliği
kit-construction-gap = Amblemden ada
kit-construction-length = Logonun uzunluğu
kit-construction-note = Amblemin yüksekliği cinsinden. Dosyalar bu ölçüleri korur: elle kurulacak bir şey yoktur.
kit-alt-construction = { $name } amblemi, sekize sekiz karesinde, çizgisinin noktalarıyla
kit-alt-proportions = { $name } logosu, parçalarının durduğu çizgilerle

# Grounds
kit-grounds = Her zeminde
kit-grounds-intro = Aynı logo, markanın her renginde, oraya ait sürümüyle. Sayı, en soluk parçasının kontrastıdır; 3’ün altında bir logo kaybolmaya başlar.
kit-alt-ground = Logo, { $ground } üzerinde: { $version }
kit-ground-white = Beyaz
kit-ground-dark = Koyu zemin
kit-misuse-shadow = Gölge ya da efekt eklemeyin.
kit-misuse-cropped = Hiçbir yerini kesmeyin.
kit-misuse-retyped = Adı başka bir yazı tipiyle dizmeyin.

# Print
kit-inks = Baskı
kit-inks-intro = Ekran ışır, kâğıt ışımaz: hiçbir mürekkep her rengi gösteremez. Burada, “{ $press }” profilindeki bir makinede her rengin ne istediği ve baskısının ekrandan ne kadar saptığı yazıyor.
kit-inks-color = Renk
kit-inks-total = Toplam mürekkep
kit-inks-paper = Kâğıtta
kit-inks-text = Küçük metin
kit-inks-close = Göründüğü gibi basılır
kit-inks-shifted = Biraz sapar
kit-inks-apart = Belirgin sapar: prova ya da özel renk isteyin
kit-inks-black = Küçük metni yalnız siyahla basın. Dört mürekkep hiçbir zaman tam üst üste gelmez ve harflerin kenarı renklenir.
kit-inks-proof = Büyük bir baskıdan önce, kullanılacak kâğıt üzerinde prova alın.
kit-inks-profile = Matbaanızın kendi profili bunlardan daha iyi değerler verir. Onaltılık değeri de bildirin.

# Pictures and icons
kit-imagery = Görseller ve simgeler
kit-imagery-intro = Görseller bir markanın nasıl hissettirdiğini, simgeler ne yapılabileceğini söyler. İkisi de amblemin tonunda kalır. Şekiller neyin değil, nasıl fotoğraflanacağını gösterir.
kit-image-subject = Tek bir konu, ortanın dışında. Önemli olan, üçte bir çizgilerinin kesiştiği yerde durur; kalanı geri çekilir.
kit-image-room = Bir yan sakin kalır. Logo ile bir satır metin orada yer bulur.
kit-image-warm = Sıcak ışık, öğleden çok akşamüstü, insanlara yakın. Paletin bir rengi sahnede yeniden görünür.
kit-image-cool = Berrak gün ışığı, az nesne, temiz kenarlar. Paletin bir rengi sahnede yeniden görünür.
kit-icons = Simgeler
kit-icons-round = 24 birimlik bir karede { $stroke } birimlik çizgilerle çizilir. Uçlar ve köşeler yuvarlaktır.
kit-icons-sharp = 24 birimlik bir karede { $stroke } birimlik çizgilerle çizilir. Uçlar ve köşeler düzdür.
kit-alt-icons = Dokuz simge: arama, saat, mektup, kişi, menü, takvim, telefon, yer, tamam

# In use
kit-stationery = Kurumsal evrak
kit-stationery-intro = Kâğıtta marka elde tutulur. Logo bir kez, kendi köşesinde, çevresinde boşlukla durur; gerisi sözcüklerindir.
kit-places = Ekran, duvar ve çanta
kit-places-intro = Telefonda küçük, duvarda büyük: adın yakında olduğu yerde amblem tek başına konuşur, olmadığı yerde logonun tamamı.
kit-scene-card = Kartvizit
kit-scene-letter = Antetli kâğıt
kit-scene-envelope = Zarf
kit-scene-app = Uygulama simgesi
kit-scene-site = Web sitesi
kit-scene-sign = Tabela
kit-scene-bag = Çanta
kit-alt-scene = { $scene }, { $name } logosuyla, çizim
kit-scene-note = Logo dosyalarının çizgileriyle, paletin renklerinde çizilmiştir.
kit-sample-person = Ad ve soyadı
kit-sample-post = Burada ne yaparım
kit-sample-offer = Sunduklarımız
kit-sample-about = Hakkımızda
kit-sample-contact = İletişim
kit-sample-more = Devamını oku

# Accessibility
kit-access = Herkes için
kit-access-intro = Bazı insanların okuyamadığı bir marka bitmiş değildir. Bu sayfa neyin ölçüldüğünü, neye uyulacağını ve neyin henüz denenmediğini söyler.
kit-access-contrast =
    { $count ->
        [one] { $count } renk çifti ölçüldü. En zayıf metnin kontrastı 1’e { $ratio }; WCAG 2.2 4,5 ister.
       *[other] { $count } renk çifti ölçüldü. En zayıf metnin kontrastı 1’e { $ratio }; WCAG 2.2 4,5 ister.
    }
kit-access-color = Renk hiçbir zaman tek başına konuşmaz: bir sözcük, bir biçim ya da bir işaret ekleyin. Şeritler paleti, bir tür alıcısı eksik insanların gördüğü gibi gösterir.
kit-access-type = Akan metin { $px } piksel, satırı { $leading }. Okunması gereken hiçbir şey { $least } pikselden küçük değildir. Boyutlar rem ile verilir; metin okurun ayarlarıyla büyür.
kit-access-logo = Logonun alternatif metni yalnızca “{ $name }” olur. Ad yanında metin olarak duruyorsa boş kalır.
kit-access-book = Bu dosya dinlenebilir: başlıklar, tablolar ve bağlantılar işaretlidir, her şeklin bir açıklaması vardır (PDF/UA-1, PDF/A-2a).
kit-access-missing = Eksik olan
kit-access-limits = Bütün bunları programlar ölçtü. Gündelik yaşamda henüz kimse denemedi: başka türlü gören, duyan ya da hareket eden insanlara sorun.
kit-sight-usual = Alışılmış görme
kit-sight-protan = Kırmızı alıcısı olmadan
kit-sight-deutan = Yeşil alıcısı olmadan
kit-sight-tritan = Mavi alıcısı olmadan
kit-sight-least = En yakın çift: dE { $difference }
kit-alt-sight = Palet: { $sight }

# Tokens
kit-tokens = Değişkenler
kit-tokens-intro = Kodda adları yazın, değerleri asla: o zaman tek bir değişiklik her sayfaya ulaşır ve koyu ekranlar kendiliğinden gelir. Aynı adlar tokens/ içindeki her dosyada vardır.
kit-tokens-name = CSS’teki adı
kit-tokens-formats = Hangi araç için
kit-licences = Lisanslar
