# 通知の文面。

# Frame
subject = { $title }（{ $brand }）
greeting = { $name } 様
open-brand = ブランドキットを開く
open-settings = 設定を開く
footer-why = このメールは、ブランドに関するお知らせを希望された方にお送りしています。
footer-settings = 通知の設定
footer-unsubscribe = 配信停止
sms = { $brand }：{ $title } { $link }
brand-unnamed = ブランド { $id }

# Several at once
digest-title =
    { $count ->
       *[other] { $count }件のお知らせ
    }
digest-text = 前回のメッセージ以降の出来事です。
digest-more = ほか{ $count }件。

# Reasons
reason-deadline = 所定の時間を超えました
reason-fault = 当方の不具合（{ $code }）

# Brands
finished-title = ブランドキットが完成しました
finished-text =
    { $files ->
       *[other] ロゴ、色、書体、テンプレート、ブランドブック。{ $files }ファイルをすぐにお使いいただけます。
    }
failed-title = ブランドキットを作成できませんでした
failed-text = 作業を中止し、作成済みのものは削除しました。理由：{ $reason }。お手数ですが、もう一度ご依頼ください。
cancelled-title = ブランドキットの作成を取り消しました
cancelled-text = ご依頼どおり作業を中止し、作成済みのものは削除しました。
erased-title = ブランドを消去しました
erased-text = ファイルと記録をすべて削除しました。元に戻すことはできません。

# Rollouts
promoted-title = { $component } { $version } が稼働中です
promoted-text = 新しい作業はすべて { $component } のバージョン { $version } で行われます。前のバージョンもしばらく待機しています。
paused-title = { $component } { $version } の展開を一時停止しています
paused-text = 承認されると再開します。
returned-title = { $component } { $version } を取り下げました
returned-text = 新しい作業は前のバージョンに戻りました。

# Budget and quota
budget-near-title = 予算の{ $percent }%を使用しました
budget-near-text = 使い切ると、新しいブランドは待つことになります。設定で増額できます。
budget-spent-title = 予算を使い切りました
budget-spent-text = 増額されるか次の期間が始まるまで、新しいブランドは待つことになります。
quota-near-title = 割り当ての{ $percent }%を使用しました
quota-near-text = 使い切ると、新しいブランドは待つことになります。
quota-spent-title = 割り当てを使い切りました
quota-spent-text = 空きができるまで、新しいブランドは待つことになります。

# Webhooks
endpoint-off-title = Webhookを停止しました
endpoint-off-text = { $url } が長いあいだメッセージを受け取らなかったため、送信を停止しました。修復してから再び有効にしてください。届かなかった分は改めて送信できます。
