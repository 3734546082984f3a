package text_test

import (
	"testing"

	"phonghop/shared/text"
)

func TestLegible(t *testing.T) {
	for in, want := range map[string]bool{
		"": true, " \n": true, "Ủy ban": true, "\uf0b7 Về dự toán": true, "\uf0b7": false, "\ue001\ue002 a": false, "\ufffd\ufffd\ufffd": false,
		"a\ufffd": true, "中文 العربية": true, "\U00100000\U00100001": false,
	} {
		if got := text.Legible(in); got != want {
			t.Errorf("Legible(%q) = %t", in, got)
		}
	}
}
