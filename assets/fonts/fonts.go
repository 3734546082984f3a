// Package fonts embeds the two families of the project: Tinos for official
// papers (the metrics of Times New Roman, with every Vietnamese letter) and
// Noto Sans for screens and slides. Both come under the SIL Open Font License
// 1.1; its text and the copyright lines are in OFL.txt, also as [License].
//
// The slices are the whole TrueType files. They are shared: nobody may write
// into them.
package fonts

import (
	_ "embed" // the font files below
)

// Tinos, for papers in the form of Decree 30/2020.
var (
	// TinosRegular is the upright weight of body text.
	//go:embed Tinos-Regular.ttf
	TinosRegular []byte

	// TinosBold is the weight of headings and names.
	//go:embed Tinos-Bold.ttf
	TinosBold []byte

	// TinosItalic is the style of place and date.
	//go:embed Tinos-Italic.ttf
	TinosItalic []byte

	// TinosBoldItalic is the style of the words "Nơi nhận:".
	//go:embed Tinos-BoldItalic.ttf
	TinosBoldItalic []byte
)

// Noto Sans, for screens and slides.
var (
	// NotoSansRegular is the weight of text on screens.
	//go:embed NotoSans-Regular.ttf
	NotoSansRegular []byte

	// NotoSansBold is the weight of titles and buttons.
	//go:embed NotoSans-Bold.ttf
	NotoSansBold []byte
)

// License is the text that has to go along wherever the fonts go.
//
//go:embed OFL.txt
var License string
