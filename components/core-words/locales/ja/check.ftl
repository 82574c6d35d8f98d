# `imprint check` が他のファイルで見つけたこと。まず何が違うか、次にどう直すか。

check-color = { $value } はブランドの色ではありません。最も近い { $name } { $near } との差は ΔE { $measured } で、許容は { $allowed } です。{ $near } を使ってください。
check-color-far = { $value } はブランドの色ではありません。最も近い { $name } { $near } との差は ΔE { $measured } で、許容は { $allowed } です。ブランドの色を使ってください。
check-ink = インキ { $value } はブランドのものではありません。最も近い { $name } { $near } との差は { $measured } ポイントで、許容は { $allowed } です。{ $near } を使ってください。
check-font = { $value } はブランドの書体ではありません。{ $families } を使ってください。
check-contrast = { $ground } の上の { $value } の文字はコントラストが { $measured }:1 で、{ $allowed }:1 が必要です。文字を濃くするか地を明るくするか、またはその逆にしてください。
check-stretched = ロゴ（{ $logo }）が歪んでいます。一方の辺が { $percent } 長すぎます。縦横を同じ比率で拡大縮小してください。
check-turned = ロゴ（{ $logo }）が { $degrees }° 回転しています。まっすぐに置いてください。
check-mirrored = ロゴ（{ $logo }）が反転しています。キットのファイルをそのまま使ってください。
check-recolored = ロゴ（{ $logo }）に独自の色が使われています：{ $colors }。キットにある配色のどれかを使ってください。
check-faint = ロゴ（{ $logo }）が { $ground } の上で見えにくくなっています。コントラストは { $measured }:1 で、{ $allowed }:1 が必要です。この地に合う配色を使ってください。
check-small = ロゴ（{ $logo }）の幅は { $measured } { $unit } です。各部が見えるには { $allowed } { $unit } 以上が必要です。大きくするか、より簡潔な組み方を使ってください。
check-crowded = ロゴ（{ $logo }）から { $measured } { $unit } のところに何かがあり、{ $allowed } { $unit } の余白に入っています。離してください。

# 判断できないこと。
check-untold-logo = キットのロゴは見つかりませんでした。描き直したもの、切れたもの、写真の上に置いたものは見分けられません。
check-untold-plain = { $logo }：単純すぎてほかの図形と区別できないため、探していません。
check-untold-own = これはキットそのもののファイルで、作成したときのままです：{ $path }。評価はしていません。
check-untold-size = このファイルからは表示される大きさがわからないため、最小サイズは確認していません。
check-untold-pictures = ファイル内の画像の中身は見ていません（{ $count }）。それぞれ別のファイルとして確認してください。
check-untold-photo = 画像のうち平らな色は { $share } だけです。残りは写真かグラデーションで、その色は判断していません。
check-untold-spaces = { $names } で書かれた色は比べていません。
check-untold-external = 外部から取り込まれるため、次のものは読んでいません：{ $links }。
check-untold-text = テキスト要素の文字は輪郭ではありません。文字として組まれたロゴは見つからず、ロゴとの距離も測っていません。
check-untold-ground = 画像に無地の地がないため、ロゴを探していません。
check-untold-many = 図形が多すぎるため、一部ではロゴを探していません。
check-untold-pages = 全 { $all } ページのうち { $read } ページを読みました。
check-untold-packed = ファイルの一部は { $names } で圧縮されており、読んでいません。
