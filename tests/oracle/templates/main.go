// Writes what helm makes of templates: JSON lines {"template": …} in, the same lines out with what it prints or where it stops.
//
//	go run . ../../../fixtures/templates/values.yaml < ../../../fixtures/templates/functions.jsonl
//
// Each template is the only one of a chart with those values, and with two files.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"regexp"

	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"sigs.k8s.io/yaml"
)

type line struct {
	Template string  `json:"template"`
	Prints   *string `json:"prints,omitempty"`
	Stops    *string `json:"stops,omitempty"`
}

// What helm says before its message: the place.
var place = regexp.MustCompile(`(?s)^(?:template: \S+ executing "[^"]*" at <.*?>: |(?:execution|parse) error at \([^)]*\): )`)

func main() {
	written, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for lines.Scan() {
		var asked line
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			panic(err)
		}
		answer := line{Template: asked.Template}
		if printed, err := render(asked.Template, written); err == nil {
			answer.Prints = &printed
		} else {
			message := place.ReplaceAllString(err.Error(), "")
			answer.Stops = &message
		}
		if err := out.Encode(answer); err != nil {
			panic(err)
		}
	}
}

func render(template string, written []byte) (string, error) {
	values := map[string]any{}
	if err := yaml.Unmarshal(written, &values); err != nil {
		return "", fmt.Errorf("values: %w", err)
	}
	made := &chart.Chart{
		Metadata:  &chart.Metadata{Name: "c", Version: "1.2.3", APIVersion: "v2", AppVersion: "4.5"},
		Templates: []*chart.File{{Name: "templates/t", Data: []byte(template)}},
		Values:    values,
		Files: []*chart.File{
			{Name: "notes/two lines.txt", Data: []byte("one\n\ntwo: 2\n")},
			{Name: "notes/empty.txt", Data: []byte{}},
		},
	}
	capabilities := chartutil.DefaultCapabilities.Copy()
	version, err := chartutil.ParseKubeVersion("1.35")
	if err != nil {
		return "", err
	}
	capabilities.KubeVersion = *version
	release := chartutil.ReleaseOptions{Name: "release-name", Namespace: "default", Revision: 1, IsInstall: true}
	given, err := chartutil.ToRenderValues(made, map[string]any{}, release, capabilities)
	if err != nil {
		return "", err
	}
	printed, err := engine.Engine{}.Render(made, given)
	return printed["c/templates/t"], err
}
