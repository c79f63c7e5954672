// Fields: every field that the linked k8s.io/api decodes below Job, JobList, CronJob and CronJobList, one a line:
// type, name and kind, in the words of src/k8s/schema/types.rs.
package main

import (
	"fmt"
	"reflect"
	"sort"
	"strings"

	batch "k8s.io/api/batch/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

var leaves = map[reflect.Type]string{
	reflect.TypeOf(intstr.IntOrString{}): "IntOrString",
	reflect.TypeOf(meta.FieldsV1{}):      "Any",
	reflect.TypeOf(meta.Time{}):          "Time",
	reflect.TypeOf(resource.Quantity{}):  "Quantity",
}

var kinds = map[reflect.Kind]string{
	reflect.Bool:   "Bool",
	reflect.Int32:  "Int32",
	reflect.Int64:  "Int64",
	reflect.String: "String",
}

type walk struct {
	seen  map[reflect.Type]bool
	lines []string
}

// kind names what a value of the type is decoded as, and lists the fields of the objects it leads to.
func (w *walk) kind(t reflect.Type) string {
	if leaf, ok := leaves[t]; ok {
		return leaf
	}
	if scalar, ok := kinds[t.Kind()]; ok {
		return scalar
	}
	switch t.Kind() {
	case reflect.Pointer:
		return w.kind(t.Elem())
	case reflect.Slice:
		return "List(" + w.kind(t.Elem()) + ")"
	case reflect.Map:
		if t.Key().Kind() == reflect.String {
			return "Map(" + w.kind(t.Elem()) + ")"
		}
	case reflect.Struct:
		if !w.seen[t] {
			w.seen[t] = true
			w.fields(t, t.Name())
		}
		return "Object(" + t.Name() + ")"
	}
	panic("no kind for " + t.String())
}

func (w *walk) fields(t reflect.Type, owner string) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "" && f.Anonymous:
			w.fields(f.Type, owner)
		case name == "":
			panic("no name for " + owner + "." + f.Name)
		case name != "-":
			w.lines = append(w.lines, fmt.Sprintf("%s.%s %s", owner, name, w.kind(f.Type)))
		}
	}
}

func main() {
	w := walk{seen: map[reflect.Type]bool{}}
	for _, root := range []any{batch.CronJob{}, batch.CronJobList{}, batch.Job{}, batch.JobList{}} {
		w.kind(reflect.TypeOf(root))
	}
	sort.Strings(w.lines)
	fmt.Println(strings.Join(w.lines, "\n"))
}
