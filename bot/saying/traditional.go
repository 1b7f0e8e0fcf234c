package saying

import "strings"

// InTraditional writes what the program itself says of figures in traditional
// characters: scales, units, the words by which choices differ. It knows no other
// words; those of a report are never changed.
func InTraditional(s string) string { return traditional.Replace(s) }

var traditional = strings.NewReplacer(pairs("万萬亿億个個点點户戶吨噸亩畝顷頃时時间間岁歲项項辆輛标標计計划劃预預实實际際规規级級层層市市县縣区區国國省省镇鎮" +
	"农農村村城城乡鄉净淨总總现現产產业業税稅费費进進过過减減约約于於仅僅达達长長扩擴亏虧损損调調满滿额額数數据據后後前前还還与與为為发發类類限限门門" +
	"从從对對话話长長经經济濟务務学學员員车車公公开開办辦机機构構环環节節资資财財")...)

// pairs is characters two by two.
func pairs(list string) (out []string) {
	for _, r := range list {
		out = append(out, string(r))
	}
	return out
}
