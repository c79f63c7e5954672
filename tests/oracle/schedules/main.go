// The next runs of schedules as Kubernetes finds them: robfig/cron's search, fed with its own answers.
//
// Tab-separated lines in: schedule, time zone, start in Unix seconds, how many runs. The same number of lines out: the
// runs in Unix seconds with a comma between, a tab, and how it goes on: more, never (none within five years) or hang
// (no answer, after which the program ends). The zones are those of the Go installation that ZONEINFO names.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/robfig/cron/v3"
)

// No search that ends takes so long.
const patience = 5 * time.Second

var (
	schedules = map[string]*cron.SpecSchedule{}
	zones     = map[string]*time.Location{}
)

func main() {
	if os.Getenv("ZONEINFO") == "" {
		fail("set ZONEINFO to lib/time/zoneinfo.zip of the Go installation")
	}
	in := bufio.NewScanner(os.Stdin)
	out := bufio.NewWriterSize(os.Stdout, 1<<16)
	var searches atomic.Int64
	asking := make(chan string)
	answers := make(chan string)
	go func() {
		for line := range asking {
			answers <- answer(line, &searches)
		}
	}()
	watch := time.NewTicker(patience)
	for in.Scan() {
		asking <- in.Text()
		done := searches.Load()
		watch.Reset(patience)
		for waiting := true; waiting; {
			select {
			case text := <-answers:
				fmt.Fprintln(out, text)
				waiting = false
			case <-watch.C:
				if now := searches.Load(); now != done {
					done = now
					continue
				}
				fmt.Fprintln(out, "\thang")
				out.Flush()
				os.Exit(3)
			}
		}
	}
	out.Flush()
}

func answer(line string, searches *atomic.Int64) string {
	columns := strings.Split(line, "\t")
	schedule := find(columns[0], columns[1])
	at := time.Unix(number(columns[2]), 0)
	var runs []string
	for len(runs) < int(number(columns[3])) {
		at = schedule.Next(at)
		searches.Add(1)
		if at.IsZero() {
			return strings.Join(runs, ",") + "\tnever"
		}
		runs = append(runs, strconv.FormatInt(at.Unix(), 10))
	}
	return strings.Join(runs, ",") + "\tmore"
}

// The schedule in the zone, as `TZ=zone schedule` would be read.
func find(text, zone string) cron.SpecSchedule {
	if schedules[text] == nil {
		parsed, err := cron.ParseStandard(text)
		if err != nil {
			fail(err)
		}
		schedules[text] = parsed.(*cron.SpecSchedule)
	}
	if zones[zone] == nil {
		location, err := time.LoadLocation(zone)
		if err != nil {
			fail(err)
		}
		zones[zone] = location
	}
	schedule := *schedules[text]
	schedule.Location = zones[zone]
	return schedule
}

func number(text string) int64 {
	value, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		fail(err)
	}
	return value
}

func fail(why any) {
	fmt.Fprintln(os.Stderr, "schedules:", why)
	os.Exit(2)
}
