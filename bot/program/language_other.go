//go:build !windows

package program

// uiLanguage is told by the environment alone here.
func uiLanguage() string { return "" }
