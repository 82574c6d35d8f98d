# The longer book: contents, construction, grounds, print, pictures, uses, access, tokens.

kit-contents = 目次
kit-contents-intro = どの行からも、そのページへ移れます。お急ぎの方は、一つ前のページに答えがあります。
kit-alt-link = { $title }、{ $page }ページ
kit-part-brand = ブランド
kit-part-use = 使う
kit-part-record = 資料
kit-lockups = ロゴの種類
kit-palette = パレット

# Construction
kit-construction = 構造
kit-construction-intro = マークは、縦横を八つに分けた正方形の中にあります。小さな四角は輪郭の点、その横の線は曲線の向かう先です。下では、ロゴの各部をマークの高さで測っています。
kit-construction-points = 輪郭の点
kit-construction-shape = 幅と高さの比
kit-construction-letters = 文字の高さ
kit-construction-gap = マークから名前まで
kit-construction-length = ロゴの長さ
kit-construction-note = マークの高さを1とした値です。ファイルはこの寸法を守っているので、自分で組み立てる必要はありません。
kit-alt-construction = 八かける八の正方形に置いた{ $name }のマークと、輪郭の点
kit-alt-proportions = { $name }のロゴと、各部がそろう線

# Grounds
kit-grounds = どの背景でも
kit-grounds-intro = 同じロゴを、ブランドの色ごとに、そこにふさわしい版で示します。数字は、いちばん淡い部分のコントラストです。3を下回ると、ロゴは埋もれはじめます。
kit-alt-ground = { $ground }の上のロゴ：{ $version }
kit-ground-white = 白
kit-ground-dark = 暗い背景
kit-misuse-shadow = 影や効果をつけない。
kit-misuse-cropped = 切り取らない。
kit-misuse-retyped = 名前を別の書体で組まない。

# Print
kit-inks = 印刷
kit-inks-intro = 画面は光り、紙は光りません。どのインクも、すべての色を出すことはできません。プロファイル「{ $press }」の印刷機で各色に必要なインクと、印刷が画面からどれだけ離れるかを示します。
kit-inks-color = 色
kit-inks-total = インクの総量
kit-inks-paper = 紙の上では
kit-inks-text = 小さな文字
kit-inks-close = 見たとおりに刷れる
kit-inks-shifted = わずかにずれる
kit-inks-apart = はっきりずれる。校正刷りか特色を頼む
kit-inks-black = 小さな文字は黒一色で刷ってください。四色のインクがぴったり重なることはなく、文字の縁に色がついてしまいます。
kit-inks-proof = 部数が多いときは、実際に使う紙で校正刷りを取ってください。
kit-inks-profile = 印刷所独自のプロファイルがあれば、ここより良い値になります。16進数の値も伝えてください。

# Pictures and icons
kit-imagery = 画像とアイコン
kit-imagery-intro = 画像はブランドの気分を、アイコンはできることを伝えます。どちらもマークの調子に合わせます。図が示すのは構図で、被写体ではありません。
kit-image-subject = 主題は一つ、中央を外して。大切なものは三分割線の交わるところに置き、ほかは控えめにします。
kit-image-room = 片側は静かに残します。そこにロゴと一行の文字が入ります。
kit-image-warm = 真昼より夕方の、人に近いあたたかな光。パレットの一色を場面のどこかに入れます。
kit-image-cool = 澄んだ昼の光、少ないもの、きれいな輪郭。パレットの一色を場面のどこかに入れます。
kit-icons = アイコン
kit-icons-round = 24の正方形に、太さ{ $stroke }の線で描きます。端も角も丸くします。
kit-icons-sharp = 24の正方形に、太さ{ $stroke }の線で描きます。端も角もまっすぐにします。
kit-alt-icons = 九つのアイコン。検索、時刻、手紙、人、メニュー、カレンダー、電話、場所、完了

# In use
kit-stationery = 名刺と便箋
kit-stationery-intro = 紙の上では、ブランドを手に取ることになります。ロゴは一度だけ、隅に、余白とともに置きます。あとは言葉の場所です。
kit-places = 画面と壁とバッグ
kit-places-intro = 電話では小さく、壁では大きく。名前が近くにあればマークだけで、なければロゴ全体で語ります。
kit-scene-card = 名刺
kit-scene-letter = 便箋
kit-scene-envelope = 封筒
kit-scene-app = アプリのアイコン
kit-scene-site = ウェブサイト
kit-scene-sign = 看板
kit-scene-bag = バッグ
kit-alt-scene = { $name }のロゴを入れた{ $scene }の図
kit-scene-note = ロゴのファイルの輪郭を使い、パレットの色で描きました。
kit-sample-person = 氏名
kit-sample-post = 担当の仕事
kit-sample-offer = サービス
kit-sample-about = 私たち
kit-sample-contact = お問い合わせ
kit-sample-more = 続きを読む

# Accessibility
kit-access = 誰にとっても
kit-access-intro = 読めない人がいるブランドは、まだ完成していません。ここには、測ったこと、守ること、まだ誰も試していないことを記します。
kit-access-contrast = { $count }組の色を測りました。いちばん弱い文字のコントラストは{ $ratio }対1です。WCAG 2.2は4.5を求めています。
kit-access-color = 色だけに語らせないでください。言葉や形、記号を添えます。帯は、一種類の視細胞を欠く人が見るパレットです。
kit-access-type = 本文は{ $px }ピクセル、行送りは{ $leading }です。読むべき文字が{ $least }ピクセルより小さくなることはありません。サイズはremで指定しているので、文字は読む人の設定に合わせて大きくなります。
kit-access-logo = ロゴの代替テキストは「{ $name }」だけです。すぐ横に名前が文字で書かれていれば、空にします。
kit-access-book = このファイルは耳で聞けます。見出し、表、リンクにはタグがあり、どの図にも説明があります（PDF/UA-1、PDF/A-2a）。
kit-access-missing = 足りないこと
kit-access-limits = これらはすべてプログラムが測りました。日々の暮らしで試した人はまだいません。見え方、聞こえ方、動き方の異なる人に尋ねてください。
kit-sight-usual = 一般的な見え方
kit-sight-protan = 赤の視細胞がない場合
kit-sight-deutan = 緑の視細胞がない場合
kit-sight-tritan = 青の視細胞がない場合
kit-sight-least = 最も近い二色：dE { $difference }
kit-alt-sight = パレット：{ $sight }

# Tokens
kit-tokens = トークン
kit-tokens-intro = コードには値ではなく名前を書いてください。そうすれば一か所の変更がすべてのページに届き、暗い画面にも自然に対応します。同じ名前がtokens/のどのファイルにもあります。
kit-tokens-name = CSSでの名前
kit-tokens-formats = どのツール向けか
kit-licences = ライセンス
