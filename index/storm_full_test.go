//go:build storm

package index_test

import "testing"

// TestStormGeneratedQuestions is TestGeneratedQuestions of 3,000, each asked in
// every way.
func TestStormGeneratedQuestions(t *testing.T) { generatedQuestions(t, 3000, 3) }
