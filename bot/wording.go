package bot

import "strings"

// wording is all that the bot itself says, in one language. %s and %d stand
// for what the reports say, for names and numbers.
type wording struct {
	lang string

	// answers
	actual, target, inferred, area           string
	alsoHere, orMaybe, notInReports, instead string
	nearest, unproven, copy, copied          string
	takenAs, follows, leftOpen, or           string
	partMissing                              string
	rate, computed, computedRoughly          string
	copiedAnd, copiedSep, copiedInferred     string

	// pages of the reports
	previous, next, more, outline                string
	allTitles, reports, yearOf, dateOf           string // dateOf is a layout of package time
	noFigures                                    string
	figuresOf, sources, noSources, goneParagraph string
	goneReport                                   string

	// the person
	hello, howTo, ask, noted                           string
	askLang, langSet, forgotten, thanks                string
	wrongWhat, wrongFigure, wrongPassage, wrongMissing string

	// what can't be answered
	empty, tooLong, garbled, noFiles      string
	unknownCommand, stale, failed, slower string

	// being let in
	stranger, mayRequest, request, requested      string
	requestWaits, requestRefused, welcome, banned string
	groupClosed, claimed, notClaim                string
	nowAdministrator                              string

	// administrators
	newRequest, person, nameless, agree           string
	refuse, ban, agreed, refused                  string
	bannedNow, decidedAlready, made, groupOpened  string
	groupEnded, howToAllow, howToBan, fixed       string
	ownRole, notKept, notAdministrator, privately string
	usersOf, reader, administrator, bannedRole    string
	waiting, statsOf, statsPeople, statsAnswers   string
	statsRest, gapsOf, noGaps, gap                string
	unsaid, restrictAsk                           string

	// reports sent, replaced and withdrawn
	fileTooLarge, fileRefused, willReplace, take    string
	folderAdded, folderTook                         string
	takeRestricted, leave, left                     string
	alreadyThere, notAdded                          string
	added, recalledTo, recall, noLonger, notKeeping string
	withdrawWhich, withdrawSure, withdrawYes        string
	withdrawn, notWithdrawn, notInLibrary           string
	howToGolden, goldenKept, goldenDropped          string
	goldensOf, goldenChanged, adopt, keepOld        string
	goldenOpen, folderRefused, askGolden, keepWhich string
	severalIn, sameContent, similar, replaceIt      string
	recallWithdrawn, andMore                        string

	// offered while typing elsewhere
	typeOn, typeSuch, noneHere, notElsewhere string
	needsLeave                               string

	readers, administrators []Command // the menus: officials see the first alone
}

var wordings = map[string]*wording{
	"zh": {
		goldenOpen:      "目前的回答是%s，与此不符；回答一致之后，才用它核对。如登记有误，请发送“/golden - %d”删去。",
		folderRefused:   "文件夹中的“%s”会改变下列核对题的答案，暂未采用，请确认：",
		askGolden:       "请在下面这一行的末尾补上正确答案（与报告原文一致，例如“62座”），再发给我：",
		keepWhich:       "按编号登记为核对题：",
		severalIn:       "压缩包内有 %d 份报告：",
		sameContent:     "注意：库中已有内容完全相同的《%s》。",
		similar:         "注意：库中已有同题或同一单位同一时期的《%s》。如为新版，请选“替换原有报告”。",
		replaceIt:       "替换原有报告",
		recallWithdrawn: "《%s》已撤回，您近日查到的以下数据请不要再引用：",
		andMore:         "另有 %d 个数据，不一一列出。",
		howToGolden:     "发送“/golden 问题 = 答案”，登记一道核对题。每次更换报告之前，都会先用它核对；答案有变，报告就暂不更换。发送“/golden - 编号”，删去一道。",
		goldenKept:      "已登记：%s = %s",
		goldenDropped:   "已删去。",
		goldensOf:       "已登记的核对题：",
		goldenChanged:   "下列核对题的答案会改变，报告暂未更换，请确认：",
		adopt:           "采用",
		keepOld:         "保留旧版",
		fileTooLarge:    "文件超过 %d MB，机器人收不了；请用命令行 reportbot add 加入。",
		fileRefused:     "未能加入“%s”：%s",
		folderAdded:     "已从文件夹加入“%s”：",
		folderTook:      "文件夹里有 %d 个文件变动，加入了 %d 份报告。/reports 可逐份查看。",
		willReplace:     "将替换现有的《%s》。",
		take:            "加入",
		takeRestricted:  "加入，限制转发",
		leave:           "不加入",
		left:            "没有加入。",
		alreadyThere:    "这份报告已经在库里了。",
		notAdded:        "没有加入：%s",
		added:           "已加入：",
		recalledTo:      "与原有报告相比，%d 个数据有变动；查到过这些数据的 %d 处，已分别告知。",
		recall:          "《%s》已更新，您近日查到的数据有变动，请以新数为准：",
		noLonger:        "新版没有此数",
		notKeeping:      "目前不能在这里更换报告。",
		withdrawWhich:   "请选择要撤回的报告：",
		withdrawSure:    "撤回《%s》后，它的内容不再出现在任何回答里。",
		withdrawYes:     "撤回",
		withdrawn:       "已撤回：《%s》",
		notWithdrawn:    "没有撤回：%s",
		notInLibrary:    "这份报告是程序自带的，或者来自启动时指定的文件，不能在这里撤回。",
		lang:            "zh",
		takenAs:         "按“%s”理解。",
		follows:         "接着上一问“%s”回答。",
		leftOpen:        "题中未说明是%s，一并列出：",
		partMissing:     "“%s”：报告中没有查到。",
		or:              "还是",
		rate:            "（相差 %s%%）",
		computed:        "\n由以上两数算得，报告中没有这个数。",
		computedRoughly: "\n由以上两数算得，报告中没有这个数；原数带有约数，结果仅供参考。",
		actual:          "已完成",
		target:          "目标",
		inferred:        "（年份依报告推定）",
		area:            "这是全%s的数",
		alsoHere:        "同段数据：",
		orMaybe:         "也可能指：",
		notInReports:    "报告中没有查到与此相符的数据或说法。",
		instead:         "报告中有的是：",
		nearest:         "最接近的段落：",
		unproven:        "这条答案没有通过出处核对，不予显示，原因已经记录。请换一种问法，或用 /outline 查阅原文。",
		copy:            "复制",
		copied:          "%s%s（%s）",
		copiedAnd:       "、",
		copiedSep:       "；",
		copiedInferred:  "年份依报告推定",

		previous:      "上文",
		next:          "下文",
		more:          "更多",
		outline:       "大纲",
		allTitles:     "现有报告：",
		reports:       "%s（%s%d 段，%d 个数据）",
		yearOf:        "%d年，",
		dateOf:        "2006年1月2日，",
		noFigures:     "没有找到相关数据。",
		figuresOf:     "数据一览 %d/%d",
		sources:       "上一条答案的出处：",
		noSources:     "还没有可列的出处，请先提一个问题。",
		goneParagraph: "这一段已不在现有的报告里，报告可能更新过。请从这份报告的大纲里查找。",
		goneReport:    "这个链接所指的段落不在现有的报告里。请从现有报告中查找。",

		hello:        "您好。我只引用报告原文，不作推断：先给数字，再给出处。",
		howTo:        "直接输入问题即可，例如：",
		ask:          "可用命令：",
		noted:        "半小时内追问可以省略，例如「那2024年呢」。",
		askLang:      "请选择语言：",
		langSet:      "好的，以后用简体中文。",
		forgotten:    "已经删除您的提问、追问的记忆和语言设置；给过的答案不再与您相连。您的使用权限不变。",
		thanks:       "谢谢，已经记下。",
		wrongWhat:    "请问哪里不对？",
		wrongFigure:  "数字不对",
		wrongPassage: "段落不对",
		wrongMissing: "报告里没有",

		empty:          "请输入要查的内容。",
		tooLong:        "问题太长了，请控制在 %d 字以内。",
		garbled:        "没有看懂这条消息，请用文字再问一次。",
		noFiles:        "暂不接收文件，请直接用文字提问。",
		unknownCommand: "没有这个命令。输入 /help 查看用法。",
		stale:          "这个按钮已经失效，请重新提问。",
		failed:         "刚才出了差错，已经记录。请再问一次。",
		slower:         "您问得有点快，请稍等片刻再问。",

		stranger:         "您好，您的编号是 %d。请把它告诉管理员，开通后即可使用。",
		mayRequest:       "您好，您的编号是 %d。使用前需要管理员同意，请点下面的按钮申请。",
		request:          "申请使用",
		requested:        "申请已转给管理员，有结果会在这里告诉您。您的编号是 %d。",
		requestWaits:     "您的申请还在等管理员处理，请稍候。您的编号是 %d。",
		requestRefused:   "管理员没有同意您的申请。如有疑问，请与管理员联系，您的编号是 %d。",
		welcome:          "管理员已经同意，您现在可以提问了。输入 /help 查看用法和例子。",
		banned:           "您目前不能使用。如有疑问，请与管理员联系。",
		groupClosed:      "本群还没有开通，请管理员在群里发送 /allow。",
		claimed:          "已登记，您现在是管理员。",
		nowAdministrator: "您现在是管理员。输入 /help 查看管理命令。",
		notClaim:         "口令不对，或已失效。您的编号是 %d。",

		newRequest:       "%s申请使用。",
		person:           "%s（编号 %d）",
		nameless:         "未署名",
		agree:            "同意",
		refuse:           "拒绝",
		ban:              "封禁",
		agreed:           "已同意：%s。",
		refused:          "已拒绝：%s。",
		bannedNow:        "已封禁：%s。",
		decidedAlready:   "这项申请已经处理过了。",
		made:             "已设为管理员：%s。",
		groupOpened:      "本群已经开通。请 @我 或回复我的消息来提问。",
		groupEnded:       "本群已经停用。",
		howToAllow:       "用法：/allow 编号，或 /allow 编号 administrator（设为管理员）。在群里发送 /allow，即开通本群。",
		howToBan:         "用法：/ban 编号。在群里发送 /ban，即停用本群。",
		fixed:            "编号 %d 由运行环境指定，不能在这里更改。",
		ownRole:          "不能更改自己的权限。",
		notKept:          "没有记录成功，这一步没有生效。请稍后再试。",
		notAdministrator: "这一步只有管理员可以操作。",
		privately:        "这项内容请在与我的私聊里查看。",
		usersOf:          "可以使用的人和群 %d/%d",
		reader:           "可提问",
		administrator:    "管理员",
		bannedRole:       "已封禁",
		waiting:          "等待同意",
		statsOf:          "近 %d 天",
		statsPeople:      "%d 人提问 %d 次",
		statsAnswers:     "给出数据 %d 次，给出段落 %d 次，没有查到 %d 次",
		statsRest:        "👍 %d，👎 %d；拒绝 %d 次",
		gapsOf:           "没有答好的问题 %d/%d",
		noGaps:           "目前没有未答好的问题。",
		gap:              "%s · %d 次 · %s",
		unsaid:           "没有查到",
		restrictAsk:      "点一下报告，即限制或恢复它的转发和保存（🔒 为已限制）：",

		typeOn:       "输入要查的内容",
		typeSuch:     "例如：%s",
		noneHere:     "报告中没有查到",
		notElsewhere: "这份报告限制转发，请到与我的私聊里查询",
		needsLeave:   "使用前需要管理员同意",

		readers: []Command{
			{"help", "用法和例子"},
			{"figures", "数据一览，可加主题词"},
			{"outline", "报告大纲"},
			{"reports", "现有报告"},
			{"sources", "上一条答案的出处"},
			{"lang", "选择语言"},
			{"forget", "删除我的提问和记忆"},
		},
		administrators: []Command{
			{"users", "谁可以使用"},
			{"allow", "开通：编号，或在群里发送"},
			{"ban", "封禁：编号，或在群里停用"},
			{"stats", "使用情况"},
			{"gaps", "没有答好的问题"},
			{"restrict", "限制报告的转发和保存"},
			{"withdraw", "撤回报告（加入：把文件发给我）"},
			{"golden", "核对题：换报告前先核对的问答"},
		},
	},
	"zh-Hant": {
		goldenOpen:      "目前的回答是%s，與此不符；回答一致之後，才用它核對。如登記有誤，請發送“/golden - %d”刪去。",
		folderRefused:   "資料夾中的“%s”會改變下列核對題的答案，暫未採用，請確認：",
		askGolden:       "請在下面這一行的末尾補上正確答案（與報告原文一致，例如“62座”），再發給我：",
		keepWhich:       "按編號登記為核對題：",
		severalIn:       "壓縮包內有 %d 份報告：",
		sameContent:     "注意：庫中已有內容完全相同的《%s》。",
		similar:         "注意：庫中已有同題或同一單位同一時期的《%s》。如為新版，請選“替換原有報告”。",
		replaceIt:       "替換原有報告",
		recallWithdrawn: "《%s》已撤回，您近日查到的以下數據請不要再引用：",
		andMore:         "另有 %d 個數據，不一一列出。",
		howToGolden:     "發送“/golden 問題 = 答案”，登記一道核對題。每次更換報告之前，都會先用它核對；答案有變，報告就暫不更換。發送“/golden - 編號”，刪去一道。",
		goldenKept:      "已登記：%s = %s",
		goldenDropped:   "已刪去。",
		goldensOf:       "已登記的核對題：",
		goldenChanged:   "下列核對題的答案會改變，報告暫未更換，請確認：",
		adopt:           "採用",
		keepOld:         "保留舊版",
		fileTooLarge:    "文件超過 %d MB，機器人收不了；請用命令列 reportbot add 加入。",
		fileRefused:     "未能加入“%s”：%s",
		folderAdded:     "已從資料夾加入“%s”：",
		folderTook:      "資料夾裡有 %d 個檔案變動，加入了 %d 份報告。/reports 可逐份查看。",
		willReplace:     "將替換現有的《%s》。",
		take:            "加入",
		takeRestricted:  "加入，限制轉發",
		leave:           "不加入",
		left:            "沒有加入。",
		alreadyThere:    "這份報告已經在庫裡了。",
		notAdded:        "沒有加入：%s",
		added:           "已加入：",
		recalledTo:      "與原有報告相比，%d 個數據有變動；查到過這些數據的 %d 處，已分別告知。",
		recall:          "《%s》已更新，您近日查到的數據有變動，請以新數為准：",
		noLonger:        "新版沒有此數",
		notKeeping:      "目前不能在這裡更換報告。",
		withdrawWhich:   "請選擇要撤回的報告：",
		withdrawSure:    "撤回《%s》後，它的內容不再出現在任何回答裡。",
		withdrawYes:     "撤回",
		withdrawn:       "已撤回：《%s》",
		notWithdrawn:    "沒有撤回：%s",
		notInLibrary:    "這份報告是程式自帶的，或者來自啟動時指定的檔案，不能在這裡撤回。",
		lang:            "zh-Hant",
		takenAs:         "按“%s”理解。",
		follows:         "接著上一問“%s”回答。",
		leftOpen:        "題中未說明是%s，一併列出：",
		partMissing:     "“%s”：報告中沒有查到。",
		or:              "還是",
		rate:            "（相差 %s%%）",
		computed:        "\n由以上兩數算得，報告中沒有這個數。",
		computedRoughly: "\n由以上兩數算得，報告中沒有這個數；原數帶有約數，結果僅供參考。",
		actual:          "已完成",
		target:          "目標",
		inferred:        "（年份依報告推定）",
		area:            "這是全%s的數",
		alsoHere:        "同段數據：",
		orMaybe:         "也可能指：",
		notInReports:    "報告中沒有查到與此相符的數據或說法。",
		instead:         "報告中有的是：",
		nearest:         "最接近的段落：",
		unproven:        "這條答案沒有通過出處核對，不予顯示，原因已經記錄。請換一種問法，或用 /outline 查閱原文。",
		copy:            "複製",
		copied:          "%s%s（%s）",
		copiedAnd:       "、",
		copiedSep:       "；",
		copiedInferred:  "年份依報告推定",

		previous:      "上文",
		next:          "下文",
		more:          "更多",
		outline:       "大綱",
		allTitles:     "現有報告：",
		reports:       "%s（%s%d 段，%d 個數據）",
		yearOf:        "%d年，",
		dateOf:        "2006年1月2日，",
		noFigures:     "沒有找到相關數據。",
		figuresOf:     "數據一覽 %d/%d",
		sources:       "上一條答案的出處：",
		noSources:     "還沒有可列的出處，請先提一個問題。",
		goneParagraph: "這一段已不在現有的報告裡，報告可能更新過。請從這份報告的大綱裡查找。",
		goneReport:    "這個連結所指的段落不在現有的報告裡。請從現有報告中查找。",

		hello:        "您好。我只引用報告原文，不作推斷：先給數字，再給出處。",
		howTo:        "直接輸入問題即可，例如：",
		ask:          "可用命令：",
		noted:        "半小時內追問可以省略，例如「那2024年呢」。",
		askLang:      "請選擇語言：",
		langSet:      "好的，以後用繁體中文。",
		forgotten:    "已經刪除您的提問、追問的記憶和語言設定；給過的答案不再與您相連。您的使用權限不變。",
		thanks:       "謝謝，已經記下。",
		wrongWhat:    "請問哪裡不對？",
		wrongFigure:  "數字不對",
		wrongPassage: "段落不對",
		wrongMissing: "報告裡沒有",

		empty:          "請輸入要查的內容。",
		tooLong:        "問題太長了，請控制在 %d 字以內。",
		garbled:        "沒有看懂這條訊息，請用文字再問一次。",
		noFiles:        "暫不接收檔案，請直接用文字提問。",
		unknownCommand: "沒有這個命令。輸入 /help 查看用法。",
		stale:          "這個按鈕已經失效，請重新提問。",
		failed:         "剛才出了差錯，已經記錄。請再問一次。",
		slower:         "您問得有點快，請稍等片刻再問。",

		stranger:         "您好，您的編號是 %d。請把它告訴管理員，開通後即可使用。",
		mayRequest:       "您好，您的編號是 %d。使用前需要管理員同意，請點下面的按鈕申請。",
		request:          "申請使用",
		requested:        "申請已轉給管理員，有結果會在這裡告訴您。您的編號是 %d。",
		requestWaits:     "您的申請還在等管理員處理，請稍候。您的編號是 %d。",
		requestRefused:   "管理員沒有同意您的申請。如有疑問，請與管理員聯繫，您的編號是 %d。",
		welcome:          "管理員已經同意，您現在可以提問了。輸入 /help 查看用法和例子。",
		banned:           "您目前不能使用。如有疑問，請與管理員聯繫。",
		groupClosed:      "本群還沒有開通，請管理員在群裡發送 /allow。",
		claimed:          "已登記，您現在是管理員。",
		nowAdministrator: "您現在是管理員。輸入 /help 查看管理命令。",
		notClaim:         "口令不對，或已失效。您的編號是 %d。",

		newRequest:       "%s申請使用。",
		person:           "%s（編號 %d）",
		nameless:         "未署名",
		agree:            "同意",
		refuse:           "拒絕",
		ban:              "封禁",
		agreed:           "已同意：%s。",
		refused:          "已拒絕：%s。",
		bannedNow:        "已封禁：%s。",
		decidedAlready:   "這項申請已經處理過了。",
		made:             "已設為管理員：%s。",
		groupOpened:      "本群已經開通。請 @我 或回覆我的訊息來提問。",
		groupEnded:       "本群已經停用。",
		howToAllow:       "用法：/allow 編號，或 /allow 編號 administrator（設為管理員）。在群裡發送 /allow，即開通本群。",
		howToBan:         "用法：/ban 編號。在群裡發送 /ban，即停用本群。",
		fixed:            "編號 %d 由執行環境指定，不能在這裡更改。",
		ownRole:          "不能更改自己的權限。",
		notKept:          "沒有記錄成功，這一步沒有生效。請稍後再試。",
		notAdministrator: "這一步只有管理員可以操作。",
		privately:        "這項內容請在與我的私聊裡查看。",
		usersOf:          "可以使用的人和群 %d/%d",
		reader:           "可提問",
		administrator:    "管理員",
		bannedRole:       "已封禁",
		waiting:          "等待同意",
		statsOf:          "近 %d 天",
		statsPeople:      "%d 人提問 %d 次",
		statsAnswers:     "給出數據 %d 次，給出段落 %d 次，沒有查到 %d 次",
		statsRest:        "👍 %d，👎 %d；拒絕 %d 次",
		gapsOf:           "沒有答好的問題 %d/%d",
		noGaps:           "目前沒有未答好的問題。",
		gap:              "%s · %d 次 · %s",
		unsaid:           "沒有查到",
		restrictAsk:      "點一下報告，即限制或恢復它的轉發和儲存（🔒 為已限制）：",

		typeOn:       "輸入要查的內容",
		typeSuch:     "例如：%s",
		noneHere:     "報告中沒有查到",
		notElsewhere: "這份報告限制轉發，請到與我的私聊裡查詢",
		needsLeave:   "使用前需要管理員同意",

		readers: []Command{
			{"help", "用法和例子"},
			{"figures", "數據一覽，可加主題詞"},
			{"outline", "報告大綱"},
			{"reports", "現有報告"},
			{"sources", "上一條答案的出處"},
			{"lang", "選擇語言"},
			{"forget", "刪除我的提問和記憶"},
		},
		administrators: []Command{
			{"users", "誰可以使用"},
			{"allow", "開通：編號，或在群裡發送"},
			{"ban", "封禁：編號，或在群裡停用"},
			{"stats", "使用情況"},
			{"gaps", "沒有答好的問題"},
			{"restrict", "限制報告的轉發和儲存"},
			{"withdraw", "撤回報告（加入：把文件發給我）"},
			{"golden", "核對題：換報告前先核對的問答"},
		},
	},
	"en": {
		goldenOpen:      "At present the answer is %s, which is not this; it will be checked from the day on which it is. If it was a slip, “/golden - %d” drops it.",
		folderRefused:   "“%s” in the folder would change the answers to these checked questions and was not taken. Please decide:",
		askGolden:       "Please complete this line with the right answer, as the report writes it (such as 62座), and send it to me:",
		keepWhich:       "Keep one as a checked question, by its number:",
		severalIn:       "The archive holds %d reports:",
		sameContent:     "Mind: 《%s》 is there already with the very same content.",
		similar:         "Mind: 《%s》, of the same title, or of the same body and period, is there already. If this is its new version, choose “Replace it”.",
		replaceIt:       "Replace it",
		recallWithdrawn: "《%s》 has been withdrawn; please do not quote these figures, which you looked up lately:",
		andMore:         "And %d more.",
		howToGolden:     "Send “/golden question = answer” to keep a question that has been checked: it is asked again before reports change, and a changed answer stops the change. “/golden - number” drops one.",
		goldenKept:      "Kept: %s = %s",
		goldenDropped:   "Dropped.",
		goldensOf:       "Questions that have been checked:",
		goldenChanged:   "The answers to these checked questions would change, so the reports are as they were. Please decide:",
		adopt:           "Adopt",
		keepOld:         "Keep the old",
		fileTooLarge:    "The file is larger than %d MB, which a bot cannot receive; add it with “reportbot add”.",
		fileRefused:     "“%s” was not added: %s",
		folderAdded:     "Added from the folder, “%s”:",
		folderTook:      "%d files of the folder changed; %d reports were added. /reports lists them.",
		willReplace:     "It will replace 《%s》.",
		take:            "Add",
		takeRestricted:  "Add, restricted",
		leave:           "Leave out",
		left:            "It was not added.",
		alreadyThere:    "This very report is there already.",
		notAdded:        "It was not added: %s",
		added:           "Added:",
		recalledTo:      "%d figures differ from the old version; those who had seen them were told in %d chats.",
		recall:          "《%s》 has been updated; figures that you looked up lately have changed:",
		noLonger:        "not in the new version",
		notKeeping:      "Reports cannot be changed here.",
		withdrawWhich:   "Which one is to be withdrawn?",
		withdrawSure:    "Once 《%s》 is withdrawn, nothing of it will stand in any answer.",
		withdrawYes:     "Withdraw",
		withdrawn:       "Withdrawn: 《%s》",
		notWithdrawn:    "It was not withdrawn: %s",
		notInLibrary:    "This report is not in the library (it is within the program, or was named as a file), and cannot be withdrawn.",
		lang:            "en",
		takenAs:         "Taken as “%s”.",
		follows:         "Going on from “%s”.",
		leftOpen:        "The question does not say whether %s is meant; here are both:",
		partMissing:     "“%s”: not in the reports.",
		or:              " or ",
		rate:            " (%s%%)",
		computed:        "\nComputed from the two figures above; no report states it.",
		computedRoughly: "\nComputed from the two figures above, which are bounds or estimates; no report states it.",
		actual:          "achieved",
		target:          "target",
		inferred:        " (year taken from the report as a whole)",
		area:            "for the whole 全%s",
		alsoHere:        "Same paragraph:",
		orMaybe:         "Or perhaps: ",
		notInReports:    "The reports do not say this.",
		instead:         "What they do say:",
		nearest:         "The nearest passages:",
		unproven:        "This answer did not pass the check of its source and is not shown; the reason has been noted. Please ask in other words, or look in the /outline.",
		copy:            "Copy",
		copied:          "%s%s (%s)",
		copiedAnd:       ", ",
		copiedSep:       "; ",
		copiedInferred:  "year taken from the report as a whole",

		previous:      "Previous",
		next:          "Next",
		more:          "More",
		outline:       "Outline",
		allTitles:     "Reports at hand:",
		reports:       "%s (%s%d paragraphs, %d figures)",
		yearOf:        "%d, ",
		dateOf:        "2 January 2006, ",
		noFigures:     "No figures found.",
		figuresOf:     "Figures %d/%d",
		sources:       "Where the last answer stands:",
		noSources:     "There is no answer yet to show the sources of. Please ask first.",
		goneParagraph: "That paragraph is no longer in the report, which may have been updated. Please look for it in the report's outline.",
		goneReport:    "That link leads to no paragraph of the reports at hand. Please look among the reports.",

		hello:        "Hello. I quote the reports and infer nothing: the figure first, then where it stands.",
		howTo:        "Just ask, for example:",
		ask:          "Commands:",
		noted:        "Within half an hour a follow-up can be short: “and in 2024?”",
		askLang:      "Please choose a language:",
		langSet:      "Very well: English from now on.",
		forgotten:    "Your questions, what I remembered of them and your choice of language are deleted, and the answers given no longer bear your name. You may still use me as before.",
		thanks:       "Thank you, noted.",
		wrongWhat:    "What was wrong?",
		wrongFigure:  "Wrong figure",
		wrongPassage: "Wrong passage",
		wrongMissing: "Not in the report",

		empty:          "Please type what you are looking for.",
		tooLong:        "That is too long. Please keep a question within %d characters.",
		garbled:        "I could not read that message. Please ask in words.",
		noFiles:        "I do not take files yet. Please ask in words.",
		unknownCommand: "There is no such command. /help shows what there is.",
		stale:          "That button is out of date. Please ask again.",
		failed:         "Something went wrong and has been noted. Please ask again.",
		slower:         "That was a little fast for me. Please wait a moment and ask again.",

		stranger:         "Hello. Your number is %d. Please give it to the administrator, who can let you in.",
		mayRequest:       "Hello. Your number is %d. An administrator has to let you in: please press the button to request it.",
		request:          "Request access",
		requested:        "Your request has gone to the administrators; you will hear the outcome here. Your number is %d.",
		requestWaits:     "Your request is still with the administrators. Your number is %d.",
		requestRefused:   "The administrators did not agree to your request. If in doubt, please speak to them; your number is %d.",
		welcome:          "An administrator has let you in: you can ask now. /help shows how, with examples.",
		banned:           "You cannot use this at present. If in doubt, please speak to the administrators.",
		groupClosed:      "This group has not been let in yet. An administrator can send /allow here.",
		claimed:          "Done: you are the administrator now.",
		nowAdministrator: "You are an administrator now. /help shows the commands for it.",
		notClaim:         "That code is wrong, or used already. Your number is %d.",

		newRequest:       "%s requests access.",
		person:           "%s (number %d)",
		nameless:         "no name",
		agree:            "Agree",
		refuse:           "Refuse",
		ban:              "Ban",
		agreed:           "Let in: %s.",
		refused:          "Refused: %s.",
		bannedNow:        "Banned: %s.",
		decidedAlready:   "This request has been dealt with already.",
		made:             "Now an administrator: %s.",
		groupOpened:      "This group is let in. Mention me or reply to me to ask.",
		groupEnded:       "This group is no longer let in.",
		howToAllow:       "Usage: /allow NUMBER, or /allow NUMBER administrator. /allow sent in a group lets the group in.",
		howToBan:         "Usage: /ban NUMBER. /ban sent in a group ends its use there.",
		fixed:            "Number %d is named by the environment and cannot be changed here.",
		ownRole:          "You cannot change your own role.",
		notKept:          "It could not be recorded and has no effect. Please try again later.",
		notAdministrator: "Only administrators can do that.",
		privately:        "Please look at this in our private chat.",
		usersOf:          "Who may ask %d/%d",
		reader:           "reader",
		administrator:    "administrator",
		bannedRole:       "banned",
		waiting:          "waiting",
		statsOf:          "The last %d days",
		statsPeople:      "people %d, questions %d",
		statsAnswers:     "with a figure %d, with a passage %d, not in the reports %d",
		statsRest:        "👍 %d, 👎 %d; refusals %d",
		gapsOf:           "Questions not answered well %d/%d",
		noGaps:           "There is no question that was not answered well.",
		gap:              "%s · %d× · %s",
		unsaid:           "not in the reports",
		restrictAsk:      "Press a report to restrict or free its forwarding and saving (🔒 is restricted):",

		typeOn:       "Type what you are looking for",
		typeSuch:     "For example: %s",
		noneHere:     "The reports do not say",
		notElsewhere: "This report may not be passed on: please ask in our private chat",
		needsLeave:   "An administrator has to let you in first",

		readers: []Command{
			{"help", "how to use, with examples"},
			{"figures", "all figures, or on a topic"},
			{"outline", "outline of the reports"},
			{"reports", "reports at hand"},
			{"sources", "where the last answer stands"},
			{"lang", "choose a language"},
			{"forget", "delete my questions and their memory"},
		},
		administrators: []Command{
			{"users", "who may ask"},
			{"allow", "let in a number, or the group it is sent in"},
			{"ban", "ban a number, or end use in a group"},
			{"stats", "how much it is used"},
			{"gaps", "questions not answered well"},
			{"restrict", "restrict forwarding of a report"},
			{"withdraw", "withdraw a report (to add one, send me the file)"},
			{"golden", "questions that have been checked"},
		},
	},
}

// languages that can be chosen, and what each calls itself.
var languages = []struct{ lang, name string }{{"zh", "简体中文"}, {"zh-Hant", "繁體中文"}, {"en", "English"}}

// Failed is what a person is told where a face, not the handler, fails.
func Failed(lang string) string { return wordingOf(lang).failed }

// Stale is what a person is told whose button leads nowhere any more.
func Stale(lang string) string { return wordingOf(lang).stale }

// wordingOf is the wording of a language tag: zh-TW and zh-HK are traditional,
// what is not known is simplified.
func wordingOf(lang string) *wording {
	lang = strings.ToLower(lang)
	switch {
	case strings.HasPrefix(lang, "zh-hant"), lang == "zh-tw", lang == "zh-hk", lang == "zh-mo":
		return wordings["zh-Hant"]
	case strings.HasPrefix(lang, "en"):
		return wordings["en"]
	}
	return wordings["zh"]
}
