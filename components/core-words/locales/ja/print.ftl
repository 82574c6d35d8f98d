# Stationery, the signature of mails, and the index of files.

# Placeholders: nobody may take them for real
print-person = 姓 名
print-role = 役職
print-street = 町名1-1
print-city = 000-0000 市区町村
print-register = 登記番号 000000
print-tax = 税務番号 000000

# The sheets, and what the printer reads below them
print-sheet-business-card = 名刺
print-sheet-letterhead = レターヘッド
print-sheet-envelope = 封筒
print-sheet-compliments = 一筆箋
print-sheet-business-card-us = 名刺（米国）
print-sheet-letterhead-us = レターヘッド（米国）
print-sheet-envelope-us = 封筒（米国）
print-note-size = { $sheet }：{ $width } × { $height } mm、塗り足し{ $bleed } mm。
print-note-cmyk = CMYKは、プロファイル「{ $profile }」の印刷機のための値です。
print-note-rgb = RGBです。印刷機に合わせて変換してください。
print-note-samples = 名前と住所は見本です。

# The signature of mails
mail-signature = メール署名
mail-how = mark.pngをご自分のウェブサイトに置き、このファイルのmark.pngの箇所にそのアドレスを書いてください。次に見本の内容を書き換え、ファイルをブラウザで開き、署名をコピーして、メールソフトの設定に貼り付けてください。

# The index
index-title = どのファイルを使えばいい？
index-more = そのほかの用途
index-for-website = ブラウザのタブ、ホーム画面、共有リンク
index-for-app = アプリストアとスマートフォン
index-for-social = プロフィール、投稿、バナー
index-for-mail = メール署名
index-for-card = 名刺
index-for-letter = 手紙
index-for-envelope = 封筒
index-for-printer = 印刷所、看板、刺繍
index-for-office = スライドと文書
index-for-code = コードで作るサイトとアプリ
index-for-fonts = 書体のインストール
index-for-book = 決まりと理由
