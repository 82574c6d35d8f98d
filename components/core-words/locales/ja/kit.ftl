# ブランドガイドラインと一覧。

kit-book = ブランドガイドライン
kit-book-of = { $name } ブランドガイドライン
kit-overview-of = { $name }：ひと目でわかるブランド
kit-cover = 表紙

# 早見
kit-reference = 早見表
kit-reference-intro = 毎日のように出てくる質問は三つです。どのファイルか、どの色か、どの書体か。一ページだけ読むなら、ここを読んでください。
kit-which-file = どのファイル？
kit-which-color = どの色？
kit-which-face = どの書体？
kit-case-page = ウェブサイト、手紙、スライドなど明るい背景
kit-case-dark = ブランドの暗い色の上
kit-case-narrow = 高さはあるが幅が狭い場所
kit-case-profile = プロフィール画像、アプリ、小さなスペース
kit-case-one-color = スタンプ、刻印、単色印刷
kit-case-photo = 写真や強い色の上
kit-face-display = ウェイト{ $weight }。名前、タイトル、見出しに。
kit-face-text = ウェイト{ $weight }。読むための文章すべてに。
kit-face-strong = ウェイト{ $weight }は強調とラベルに。

# 考えと理由
kit-idea = 考え方
kit-reasons = このデザインの理由
kit-reasons-intro = どの決定にも理由があります。どれほど確かで、どこから得たものかを添えました。ご自身で吟味し、異を唱えることもできます。
kit-topic-industry = 業種
kit-topic-style = 雰囲気
kit-topic-color = 色
kit-topic-type = 文字
kit-topic-shape = 形
kit-topic-logo = ロゴ
kit-topic-name = 名前
kit-topic-character = 性格
kit-topic-category = 業種の色
kit-topic-contrast = 読みやすさ
kit-topic-motif = しるし
kit-topic-other = 知っておきたいこと
kit-evidence-strong = 十分な裏づけあり
kit-evidence-limited = ある程度の裏づけあり
kit-evidence-practice = 実務の経験から
kit-evidence-sourced = { $grade }（{ $source }）

# ロゴ
kit-logo = ロゴ
kit-logo-intro = マークと名前の位置関係は決まっています。まず横配置を使ってください。ほかの版は、横配置では小さくなりすぎる場所のためのものです。必ず用意されたファイルを使い、名前を自分で組み直さないでください。
kit-lockup-stacked = 縦配置
kit-lockup-stacked-use = 正方形や幅の狭いスペースに。
kit-lockup-mark = マーク
kit-lockup-mark-use = すぐ近くに名前がある場所に。
kit-lockup-wordmark = ロゴタイプ
kit-lockup-wordmark-use = マークが小さくなりすぎる場所に。
kit-colorways = 色のバリエーション
kit-colorways-intro = 六つの版で、どんな背景にもどんな印刷にも対応できます。決め手は背景です。すべての部分がひと目で見える版を選んでください。
kit-colorway-color = カラー
kit-colorway-color-use = 基本の版。白や明るい背景に。
kit-colorway-reversed = 反転
kit-colorway-reversed-use = ブランドの暗い色の上に。
kit-colorway-black = 黒
kit-colorway-black-use = インクが一色しか使えないときに。
kit-colorway-white = 白
kit-colorway-white-use = 強い色や、写真の静かな部分の上に。
kit-space = 余白とサイズ
kit-space-intro = ロゴには、まわりの余白とある程度の大きさが必要です。それがなければロゴとして働きません。値はすべて、このロゴで測りました。
kit-space-rule = 四方に、マークの高さ（x）の{ $percent }%の余白を空けてください。文字も端も、ほかのロゴも入れません。
kit-smallest = 最小サイズ
kit-smallest-rule = マークは{ $px }ピクセル、印刷では{ $mm } mmより小さくしないでください。それより小さいと、各部がつぶれてしまいます。
kit-misuse = してはいけないこと
kit-misuse-intro = ロゴは、いつも同じ姿だから覚えてもらえます。次のような変更は些細に見えて、それを台なしにします。
kit-misuse-stretched = 伸ばしたり縮めたりしない。
kit-misuse-turned = 傾けない。
kit-misuse-recolored = ほかの色に変えない。
kit-misuse-contrast = 見えにくい場所に置かない。
kit-misuse-crowded = ほかの要素を近づけない。
kit-misuse-rearranged = 各部を並べ替えない。
kit-concepts = すべての案
kit-concepts-intro = 異なる発想から{ $count }案を描きました。おすすめは1番で、このガイドライン全体で使っています。すべての案のファイルがキットに入っています。

# 色
kit-color = 色
kit-color-intro = 帯は、通常のレイアウトで各色が占める割合を示します。静かな色に場所を譲ると、強い色の声がよく届きます。
kit-color-intro-given = メインカラーはご指定の色のままです。帯は、通常のレイアウトで各色が占める割合を示します。静かな色に場所を譲ってください。
kit-swatch-primary = メイン
kit-swatch-secondary = サブ
kit-swatch-accent = アクセント
kit-swatch-ink = インク
kit-swatch-paper = ペーパー
kit-swatch-neutral = ニュートラル
kit-scales = 階調とテーマ
kit-scales-intro = どの色にも、明るい色から暗い色まで11段階の階調があり、面や境界線、状態の表示に使います。テーマはその使い分けで、明るい画面用、暗い画面用、そしてハイコントラストがあります。
kit-theme-light = ライト
kit-theme-dark = ダーク
kit-contrast = コントラスト
kit-contrast-intro = どの欄も、そこで示す二色で組んでいます。4.5以上ならほとんどの人が読め（AA）、7以上なら楽に読めます（AAA）。大きな文字や線、記号は3で足ります。WCAG 2.2に従って測定しました。
kit-contrast-corner = 背景と色
kit-role-background = 背景
kit-role-surface = 面
kit-role-surface-raised = 浮いた面
kit-role-border = 境界線
kit-role-text = 文字
kit-role-muted = 控えめな文字
kit-role-primary = メイン
kit-role-secondary = サブ
kit-role-accent = アクセント
kit-role-link = リンク
kit-role-focus = フォーカス
kit-role-success = 成功
kit-role-warning = 警告
kit-role-danger = 危険

# 文字
kit-type = 書体
kit-sizes = 文字サイズ
kit-sizes-intro = すべてのサイズは一つの比率、{ $ratio }に従い、どの段階も違いがはっきり感じられます。ここでは画面上と同じ大きさで刷っています。
kit-size-display = 特大見出し
kit-size-title = タイトル
kit-size-heading = 見出し
kit-size-lead = リード
kit-size-body = 本文
kit-size-caption = キャプション
kit-size-values = { $px } px、行送り{ $leading }、字間{ $tracking }%
kit-sample = よいデザインは、静かでよいところでは静かに、必要なところでは明快に。
kit-sample-long = ブランドとは通りすがりに出会います。扉で、スマートフォンで、レシートの端で。読まれることは少なく、じっくり眺められることはありません。残るのは、ひとつの調子、ひとつの色、行のリズムです。それが毎回戻ってくれば、信頼はほとんどひとりでに育ちます。変わってしまえば、どの出会いも初対面です。
kit-sample-display = 長く続くもの
kit-sample-title = 心に残る一行
kit-sample-heading = 一度だけ、はっきりと
kit-sample-lead = はじめの一文は、見出しから本文へと導き、大切なことを伝えます。
kit-sample-body = 本文は、見るものではなく読むものです。一行は長くても四十字ほどにとどめ、段落のあいだに余白を置き、強調はたまにだけ使います。
kit-sample-caption = キャプションは図を説明し、注は出典を示します。小さくても、きちんと読めます。

# ファイル
kit-files = ファイルと奥付
kit-files-intro = このガイドラインにあるものは、すべてファイルとしてキットに入っています。全ファイルとチェックサムの一覧はmanifest.jsonです。
kit-folders = どこに何があるか
kit-folder-root = brand.jsonには何をなぜ決めたか、report.jsonには何を測ったか、manifest.jsonにはどんなファイルがあるかが書かれています。
kit-folder-logos = すべての案のすべての版。SVGとPNGです。
kit-folder-web = ブラウザーとスマートフォン用のアイコンと、ページに加える数行です。
kit-folder-app = アプリのアイコンです。
kit-folder-social = SNS用の画像です。
kit-folder-tokens = 開発者向けの色と文字の設定です。CSS、Sass、Design Tokensがあります。
kit-folder-book = このガイドラインです。
kit-folder-print = 印刷所に渡す事務用品です。仕上がり、塗り足し、トンボが付いています。名前と住所は見本です。
kit-folder-fonts = 書体とそのライセンスです。
kit-file-count = { $count }ファイル。
kit-faces = 書体
kit-license = ライセンス{ $license }：印刷、ウェブ、製品で自由に使えます。
kit-colophon = 奥付
kit-made-with = Imprint { $version }（{ $date }）で作成しました。
kit-made-from = シード{ $seed }、{ $concepts }案。
kit-made-again = 同じ依頼内容、シード、バージョンからは、1バイトも違わない同じキットがもう一度できあがります。

# 耳で聞く人のために
kit-alt-horizontal = { $name }のロゴ。マークと名前が横に並んでいます
kit-alt-stacked = { $name }のロゴ。名前の上にマークがあります
kit-alt-mark = { $name }のマーク
kit-alt-wordmark = ロゴタイプになった{ $name }の名前
kit-alt-concept = 案{ $rank }：{ $title }
kit-alt-sizes = { $px }ピクセルから順に大きくなるマーク
kit-alt-shares = レイアウトでの各色の割合を幅で表した帯
kit-theme-high-contrast = ハイコントラスト
kit-role-info = 情報
kit-print = CMYKは、プロファイル「{ $profile }」の印刷機のための値です。dEは、その印刷が画面からどれだけ離れるかを示します。印刷所独自のプロファイルがあれば、より良い値になります。

# Contact sheet
kit-sheet-smallest = { $px } px から

# Six lockups, six colourways, room and smallest sizes
kit-lockup-horizontal = 横配置
kit-lockup-horizontal-use = 場所があれば、まずこれを。
kit-lockup-square = 正方形
kit-lockup-square-use = 名前も入れたいプロフィール画像に。
kit-lockup-badge = バッジ
kit-lockup-badge-use = ステッカー、スタンプ、ラベルに。
kit-colorway-mono = 単色
kit-colorway-mono-use = 特色インク一色、刺繍糸、箔押しに。
kit-colorway-grey = グレースケール
kit-colorway-grey-use = 新聞、書類、コピーに。
kit-alt-square = 正方形に収めた{ $name }のロゴ。名前の上にマークがあります
kit-alt-badge = { $name }のバッジ。マークと名前がひとつの形になっています
kit-alt-small = 小さなサイズ用に描いた{ $name }のマーク
kit-alt-with-idea = { $what }。{ $idea }
kit-alt-smallest = 最小サイズで並べたロゴのすべての版
kit-space-letters = 四方にxの余白を空けてください。文字も端も、ほかのロゴも入れません。xは文字の高さの半分で、マークの高さの{ $percent }%です。
kit-space-stroke = 四方にxの余白を空けてください。文字も端も、ほかのロゴも入れません。xはマークの線の太さで、マークの高さの{ $percent }%です。
kit-smallest-lockups = それぞれの版を、許される最小のサイズで、実寸で示します。これより小さいと、名前のいちばん細い線かマークの一部が見えなくなります。
kit-smallest-drawing = 16から32ピクセルでは、小さなサイズ用の図を使ってください。名前がsmallで始まるファイルです。

# Revisions
kit-changes-title = 改訂{ $from }から改訂{ $to }への変更点
kit-changes-before = 変更前
kit-changes-after = 変更後
kit-changes-asked = 依頼の内容
kit-changes-decided = 決定の内容
kit-changes-colors = 色
kit-changes-files = ファイル
kit-changes-nothing = 変更はありません。
kit-changes-counts = 追加{ $added }件、削除{ $removed }件、変更{ $changed }件、変更なし{ $same }件。

# The page of the checks
kit-report-title = { $name }の検査
kit-report-intro = このキットのすべての検査です。何を測り、何と比べたかを示します。検査の説明は英語です。同じ内容がプログラム用にreport.jsonにあります。
kit-report-passed = 合格
kit-report-missed = 未達
kit-report-failed = 不合格
kit-report-told = 参考
kit-report-checks = 検査
kit-report-gates = 守れなかった約束
kit-report-warnings = 届かなかった目標
kit-report-check = 検査
kit-report-measured = 測定値
kit-report-threshold = 基準値
kit-report-result = 結果
kit-report-first = 届かなかったもの
kit-report-whole = すべての約束が守られ、すべての目標に届いています。
kit-report-group-palette = 色
kit-report-group-type = 書体
kit-report-group-logo = ロゴ
kit-report-group-assets = 画像とアイコン
kit-report-group-tokens = トークン
kit-report-group-fonts = フォント
kit-report-group-book = ブランドブック
kit-report-group-print = 事務用品
kit-report-group-email = メール署名
kit-report-group-other = その他

# More folders
kit-folder-email = メールの署名です。HTMLとテキストの二種類があります。
made-files = { $count }ファイル、{ $size } kB、保存先：{ $path }
made-concepts = { $count }案、おすすめは`{ $first }`です。
made-book = すべての使い方とその理由です。
made-overview = キットの一覧です。
made-index = どのファイルを何に使うか：まずここから。
made-seed = シード{ $seed }、{ $seconds }秒
made-setup = （うち準備{ $seconds }秒）
made-fewer = { $asked }案のうち{ $count }案のみです。ほかはすべて、指定されたマークに似すぎています。別のシードなら増えることがあります。
made-missed = { $id }がありません：{ $why }
made-note = 注：{ $text }
