package bot

// troubleWording is what the bot says when the ground gives way.
type troubleWording struct {
	unrecorded, searchFailed, recordLost string
	vanished, withdrawAll, keepAll       string
	stays, withdrawnAll, again           string
}

func troubleWordingOf(lang string) *troubleWording { return troubleWordings[wordingOf(lang).lang] }

var troubleWordings = map[string]*troubleWording{
	"zh": {
		unrecorded:   "系统暂时无法登记提问，按规定未登记的不予回答，请稍后再问。",
		searchFailed: "查询时系统出错，这不表示报告中没有，请稍后再问。管理员可在日志中看到原因。",
		recordLost:   "使用记录无法打开：聊天中授予的权限暂不生效，所有报告一律按限制转发处理，不提供卡片。请管理员检查文件 %s：%v",
		vanished:     "文件夹中有 %d 个文件不见了（共 %d 份报告）。可能是共享文件夹未连接或误删，对应的报告照常回答。是否撤回这些报告？",
		withdrawAll:  "撤回", keepAll: "保留",
		stays: "已保留，照常回答。", withdrawnAll: "已撤回 %d 份报告。",
		again: "先前通知已撤回的《%s》现已恢复，其中的数据可以继续引用。",
	},
	"zh-Hant": {
		unrecorded:   "系統暫時無法登記提問，按規定未登記的不予回答，請稍後再問。",
		searchFailed: "查詢時系統出錯，這不表示報告中沒有，請稍後再問。管理員可在日誌中看到原因。",
		recordLost:   "使用記錄無法打開：聊天中授予的權限暫不生效，所有報告一律按限制轉發處理，不提供卡片。請管理員檢查檔案 %s：%v",
		vanished:     "資料夾中有 %d 個檔案不見了（共 %d 份報告）。可能是共用資料夾未連接或誤刪，對應的報告照常回答。是否撤回這些報告？",
		withdrawAll:  "撤回", keepAll: "保留",
		stays: "已保留，照常回答。", withdrawnAll: "已撤回 %d 份報告。",
		again: "先前通知已撤回的《%s》現已恢復，其中的數據可以繼續引用。",
	},
	"en": {
		unrecorded:   "The question can't be recorded at the moment, and what is not recorded is not answered. Please ask again later.",
		searchFailed: "The search failed; this does not mean that the reports do not say it. Please ask again later. The cause is in the log.",
		recordLost:   "The record can't be opened: what was granted in chat does not hold, every report counts as restricted, no cards are offered. Please look after %s: %v",
		vanished:     "%d files of the folder are gone (of %d reports). A share may not be mounted, or it was a slip; their reports are still answered from. Are they to be withdrawn?",
		withdrawAll:  "Withdraw", keepAll: "Keep",
		stays: "They stay and are answered from.", withdrawnAll: "%d reports were withdrawn.",
		again: "“%s”, of which you were told that it was withdrawn, stands again; its figures may be quoted.",
	},
}
