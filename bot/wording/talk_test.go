package wording

import "testing"

func TestSmallTalk(t *testing.T) {
	for text, want := range map[string]string{
		"谢谢": "thanks", "谢谢！": "thanks", "好的，谢谢您啊": "thanks", "多謝": "thanks", "辛苦了老师": "thanks", "thanks a lot": "thanks", "Thank you very much!": "thanks",
		"你好": "hello", "您好，请问在吗": "hello", "哈喽": "hello", "hello": "hello", "Hi there": "hello", "good morning": "hello",
		"好的": "ok", "嗯嗯": "ok", "知道了": "ok", "OK": "ok", "got it": "ok", "再见": "bye", "再見": "bye", "Bye!": "bye", "你是谁": "who", "你能做什么？": "who", "what can you do": "who",
		"准不准": "trust", "你确定吗": "trust", "are you sure?": "trust", "垃圾": "rude", "你这个笨蛋": "rude", "what the fuck": "rude", "你真没用": "rude",
		"今天天气怎么样": "weather", "明天会下雨吗": "weather", "What's the weather like today": "weather", "讲个笑话": "weather",
		// questions
		"多少": "", "垃圾分类覆盖率": "", "垃圾处理了多少吨": "", "天气雷达建了几部": "", "感谢信多少封": "", "好天气有多少天": "", "再建了多少公园": "", "帮扶对象有多少": "", "新闻发布会开了几场": "",
		"是多少": "", "好多少": "", "有多少": "", "对比": "", "是什么": "", "不对": "rude", "答非所问": "rude",
		"GDP": "", "5G基站建了多少": "", "how many schools": "", "test scores": "", "": "", "???": "", "去年呢": "", "那2024年呢": "", "为什么": "", "不是，我问的是安徽": "", "农村的": "", "help centers built": "",
		"今天新增多少": "", "有多少人": "", "最近怎么样": "", "油价涨了多少": "", "机器人产量": "", "机器人": "who",
	} {
		if got := SmallTalk(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// Whatever class there is has something to be said to it, in every language.
func TestSmallTalkIsAnswered(t *testing.T) {
	for lang, w := range All {
		for _, class := range talkOrder {
			if w.Talk[class] == "" {
				t.Errorf("%s: nothing is said to %s", lang, class)
			}
		}
	}
}
