// Quantities as Kubernetes reads, writes, rounds and compares them: the lines of fixtures/server/quantities.tsv.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"
)

var (
	signs  = strings.Fields(`+ -`)
	wholes = strings.Fields(`_ 0 00 1 7 8 9 12 120 512 999 1000 1001 1023 1024 1536 2500 010 65536 1048576 123456789 
		999999999999999 123456789012345678 1000000000000000000 9223372036854775807 9223372036854775808 12345678901234567890
		99999999999999999999999999`)
	fractions = strings.Fields(`_ . .0 .5 .25 .50 .000 .001 .999 .1000 .0001 .999999999 .1234567891 .0000000001`)
	suffixes  = strings.Fields(`_ _ n u m k M G T P E Ki Mi Gi Ti Pi Ei e0 e1 e3 e-3 e4 E6 e18 e-9 e-12 e40 e400 K x Kib`)
	errors    = map[error]string{
		resource.ErrFormatWrong: "form", resource.ErrNumeric: "number", resource.ErrSuffix: "suffix",
	}
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	fmt.Fprintln(out, "# text, or why it is none; canonical, canonical in thousandths, value, milli value, sign, beside the line before")
	last := resource.MustParse("0")
	count := 0
	for _, whole := range wholes {
		for _, fraction := range fractions {
			for _, suffix := range suffixes {
				count++
				// All of them together would be no better.
				if count%12 != 0 {
					continue
				}
				sign := signs[count/12%len(signs)]
				text := strings.ReplaceAll(strings.TrimPrefix(sign, "+")+whole+fraction+suffix, "_", "")
				quantity, err := resource.ParseQuantity(text)
				if err != nil {
					fmt.Fprintf(out, "%s\t%s\n", text, errors[err])
					continue
				}
				rounded := quantity.DeepCopy()
				rounded.RoundUp(resource.Milli)
				fmt.Fprintf(out, "%s\t%s\t%s\t%d\t%d\t%d\t%d\n", text, quantity.String(), rounded.String(),
					quantity.Value(), quantity.MilliValue(), quantity.Sign(), quantity.Cmp(last))
				last = quantity
			}
		}
	}
}
