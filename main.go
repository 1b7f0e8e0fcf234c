// Command reportbot answers questions on government reports with the exact
// figure and the passage it stands in: in Telegram, in the terminal, as JSON.
package main

import (
	"os"

	"reportbot/bot/program"
)

func main() {
	os.Exit(program.Main(os.Args[1:]))
}
