package bot

// wording is all that the bot itself says, in one language. %s and %d stand
// for what the reports say.
type wording struct {
	actual, target     string
	inferred           string // the period is the report's, not the sentence's
	alsoHere, orMaybe  string
	notInReports       string
	instead            string
	nearest            string
	previous, next     string
	more               string
	outline, allTitles string
	hello, howTo, ask  string
	noted              string
	stranger           string
	claimed, notClaim  string
	empty, tooLong     string
	garbled            string
	unknownCommand     string
	stale              string
	failed             string
	reports            string
	noFigures          string
	figuresOf          string
	commands           [][2]string
	area               string // of a figure that is of another area than asked
}

var wordings = map[string]*wording{
	"zh": {
		actual: "已完成", target: "目标", inferred: "（年份依报告推定）",
		alsoHere: "同段数据：", orMaybe: "也可能指：",
		notInReports: "报告中没有查到与此相符的数据或说法。",
		instead:      "报告中有的是：", nearest: "最接近的段落：",
		previous: "上文", next: "下文", more: "更多",
		outline: "大纲", allTitles: "现有报告：",
		hello:    "您好。我只引用报告原文，不作推断：先给数字，再给出处。",
		howTo:    "直接输入问题即可，例如：",
		ask:      "可用命令：",
		noted:    "追问可以省略，例如「那2024年呢」。",
		stranger: "您好，您的编号是 %d。请把它告诉管理员，开通后即可使用。",
		claimed:  "已登记，您现在是管理员。", notClaim: "口令不对，或已失效。您的编号是 %d。",
		empty: "请输入要查的内容，例如「5G基站建了多少」。", tooLong: "问题太长了，请控制在 %d 字以内。",
		garbled: "没有看懂这条消息，请用文字再问一次。", unknownCommand: "没有这个命令。输入 /help 查看用法。",
		stale: "这个按钮已经失效，请重新提问。", failed: "刚才出了差错，已经记录。请再问一次。",
		reports: "%s（%d 段，%d 个数据）", noFigures: "没有找到相关数据。", figuresOf: "数据一览 %d/%d",
		area:     "这是全%s的数",
		commands: [][2]string{{"help", "用法和例子"}, {"reports", "现有报告"}, {"outline", "报告大纲"}, {"figures", "数据一览，可加主题词"}},
	},
	"zh-Hant": {
		actual: "已完成", target: "目標", inferred: "（年份依報告推定）",
		alsoHere: "同段數據：", orMaybe: "也可能指：",
		notInReports: "報告中沒有查到與此相符的數據或說法。",
		instead:      "報告中有的是：", nearest: "最接近的段落：",
		previous: "上文", next: "下文", more: "更多",
		outline: "大綱", allTitles: "現有報告：",
		hello:    "您好。我只引用報告原文，不作推斷：先給數字，再給出處。",
		howTo:    "直接輸入問題即可，例如：",
		ask:      "可用命令：",
		noted:    "追問可以省略，例如「那2024年呢」。",
		stranger: "您好，您的編號是 %d。請把它告訴管理員，開通後即可使用。",
		claimed:  "已登記，您現在是管理員。", notClaim: "口令不對，或已失效。您的編號是 %d。",
		empty: "請輸入要查的內容，例如「5G基站建了多少」。", tooLong: "問題太長了，請控制在 %d 字以內。",
		garbled: "沒有看懂這條訊息，請用文字再問一次。", unknownCommand: "沒有這個命令。輸入 /help 查看用法。",
		stale: "這個按鈕已經失效，請重新提問。", failed: "剛才出了差錯，已經記錄。請再問一次。",
		reports: "%s（%d 段，%d 個數據）", noFigures: "沒有找到相關數據。", figuresOf: "數據一覽 %d/%d",
		area:     "這是全%s的數",
		commands: [][2]string{{"help", "用法和例子"}, {"reports", "現有報告"}, {"outline", "報告大綱"}, {"figures", "數據一覽，可加主題詞"}},
	},
	"en": {
		actual: "achieved", target: "target", inferred: " (year taken from the report as a whole)",
		alsoHere: "Same paragraph:", orMaybe: "Or perhaps: ",
		notInReports: "The reports do not say this.",
		instead:      "What they do say:", nearest: "The nearest passages:",
		previous: "Previous", next: "Next", more: "More",
		outline: "Outline", allTitles: "Reports at hand:",
		hello:    "Hello. I quote the reports and infer nothing: the figure first, then where it stands.",
		howTo:    "Just ask, for example:",
		ask:      "Commands:",
		noted:    "A follow-up can be short: “and in 2024?”",
		stranger: "Hello. Your number is %d. Please give it to the administrator, who can let you in.",
		claimed:  "Done: you are the administrator now.", notClaim: "That code is wrong, or used already. Your number is %d.",
		empty: "Please type what you are looking for, such as “how many 5G stations were built”.", tooLong: "That is too long. Please keep a question within %d characters.",
		garbled: "I could not read that message. Please ask in words.", unknownCommand: "There is no such command. /help shows what there is.",
		stale: "That button is out of date. Please ask again.", failed: "Something went wrong and has been noted. Please ask again.",
		reports: "%s (%d paragraphs, %d figures)", noFigures: "No figures found.", figuresOf: "Figures %d/%d",
		area:     "for the whole 全%s",
		commands: [][2]string{{"help", "how to use, with examples"}, {"reports", "reports at hand"}, {"outline", "outline of the reports"}, {"figures", "all figures, or on a topic"}},
	},
}

// Failed is what a person is told where a face, not the handler, fails.
func Failed(lang string) string { return wordingOf(lang).failed }

func wordingOf(lang string) *wording {
	if w := wordings[lang]; w != nil {
		return w
	}
	if len(lang) >= 2 && lang[:2] == "en" {
		return wordings["en"]
	}
	return wordings["zh"]
}

// Commands returns a language's commands and their descriptions.
func Commands(lang string) [][2]string { return wordingOf(lang).commands }
