// Reads texts as Kubernetes' own readers do: one JSON object a line on standard input, {"yaml": text} or
// {"base64": bytes}, and one a line on standard output:
//
//	{"lax": R, "strict": R, "kubectl": {"docs": [json text…], "error": text}, "random": true}
//
// where R is {"json": text} or {"error": text}. lax and strict are sigs.k8s.io/yaml's YAMLToJSON and
// YAMLToJSONStrict of the whole text; kubectl is every document that kubectl's decoder finds, empty and null ones
// skipped. random stands where repeated readings differ (Go's order of maps).
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/runtime"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

type input struct {
	YAML   *string `json:"yaml"`
	Base64 string  `json:"base64"`
}

type reading struct {
	JSON  *string `json:"json,omitempty"`
	Error string  `json:"error,omitempty"`
}

type documents struct {
	Docs  []string `json:"docs"`
	Error string   `json:"error,omitempty"`
}

type output struct {
	Lax     reading   `json:"lax"`
	Strict  reading   `json:"strict"`
	Kubectl documents `json:"kubectl"`
	Random  bool      `json:"random,omitempty"`
}

func read(text []byte, convert func([]byte) ([]byte, error)) (result reading) {
	defer func() {
		if problem := recover(); problem != nil {
			result = reading{Error: fmt.Sprintf("panic: %v", problem)}
		}
	}()
	converted, err := convert(text)
	if err != nil {
		return reading{Error: err.Error()}
	}
	written := string(converted)
	return reading{JSON: &written}
}

// As resource.StreamVisitor of k8s.io/cli-runtime does it.
func readAll(text []byte) (result documents) {
	result.Docs = []string{}
	defer func() {
		if problem := recover(); problem != nil {
			result.Error = fmt.Sprintf("panic: %v", problem)
		}
	}()
	decoder := utilyaml.NewYAMLOrJSONDecoder(bytes.NewReader(text), 4096)
	for {
		object := runtime.RawExtension{}
		if err := decoder.Decode(&object); err != nil {
			if !errors.Is(err, io.EOF) {
				result.Error = err.Error()
			}
			return result
		}
		object.Raw = bytes.TrimSpace(object.Raw)
		if len(object.Raw) == 0 || bytes.Equal(object.Raw, []byte("null")) {
			continue
		}
		result.Docs = append(result.Docs, string(object.Raw))
	}
}

func readings(text []byte) output {
	return output{Lax: read(text, yaml.YAMLToJSON), Strict: read(text, yaml.YAMLToJSONStrict), Kubectl: readAll(text)}
}

func same(left, right output) bool {
	a, _ := json.Marshal(left)
	b, _ := json.Marshal(right)
	return bytes.Equal(a, b)
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 1 {
			var next input
			if err := json.Unmarshal(line, &next); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
			text, _ := base64.StdEncoding.DecodeString(next.Base64)
			if next.YAML != nil {
				text = []byte(*next.YAML)
			}
			result := readings(text)
			for again := 0; again < 2 && !result.Random; again++ {
				result.Random = !same(result, readings(text))
			}
			if err := encoder.Encode(result); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}
		if len(line) == 0 || line[len(line)-1] == '\n' && in.Buffered() == 0 {
			out.Flush()
		}
		if err != nil {
			out.Flush()
			return
		}
	}
}
