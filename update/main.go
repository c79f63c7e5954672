// Verdict: what a Kubernetes API server of the linked version answers to a strict dry-run creation of a Job or CronJob.
// JSON lines in ({"yaml": …, anything}), the same lines out with "server" added. ../README.md says how to make it.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apiserver/pkg/endpoints/handlers"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/apiserver/pkg/warning"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	"k8s.io/kubernetes/pkg/apis/batch"
	_ "k8s.io/kubernetes/pkg/apis/batch/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	"k8s.io/kubernetes/pkg/capabilities"
	"k8s.io/kubernetes/pkg/registry/batch/cronjob"
	"k8s.io/kubernetes/pkg/registry/batch/job"
)

// A quantity such as 1e2000000000 keeps the server busy for minutes.
const patience = 20 * time.Second

type cause struct {
	Reason  string `json:"reason"`
	Field   string `json:"field"`
	Message string `json:"message"`
}
type verdict struct {
	Accepted bool     `json:"accepted"`
	Warnings []string `json:"warnings,omitempty"`
	Status   int32    `json:"status,omitempty"`
	Reason   string   `json:"reason,omitempty"`
	Message  string   `json:"message,omitempty"`
	Causes   []cause  `json:"causes,omitempty"`
}
type recorder struct {
	seen map[string]bool
	list []string
}

func (r *recorder) AddWarning(_, text string) {
	if !r.seen[text] {
		r.seen[text] = true
		r.list = append(r.list, text)
	}
}

var (
	kindLine = regexp.MustCompile(`(?m)^kind:\s*(\S+)`)
	internal = schema.GroupVersion{Group: "batch", Version: runtime.APIVersionInternal}
	decoder  runtime.Decoder
)

// summarize shows the start of a body, as the server's error messages do.
func summarize(b []byte) string {
	s := string(b)
	if len(s) > 30 {
		return fmt.Sprintf("%q%s", s[:30], " ...")
	}
	return fmt.Sprintf("%q", s)
}

// create does what the server's create handler does up to admission: decode strictly, default, prepare, validate, warn.
func create(body []byte, rec *recorder) error {
	kind, m := "Job", kindLine.FindSubmatch(body)
	if m != nil && strings.ToLower(strings.Trim(string(m[1]), `'"`)) == "cronjob" {
		kind = "CronJob"
	}
	var into runtime.Object = &batch.Job{}
	var strategy rest.RESTCreateStrategy = job.Strategy
	if kind == "CronJob" {
		into, strategy = &batch.CronJob{}, cronjob.Strategy
	}
	gv := schema.GroupVersion{Group: "batch", Version: "v1"}
	gvk := gv.WithKind(kind)
	obj, actual, err := decoder.Decode(body, &gvk, into)
	if err != nil {
		if actual != nil && len(actual.Kind) > 0 {
			return apierrors.NewBadRequest(fmt.Sprintf("%s in version %q cannot be handled as a %s: %v", actual.Kind, actual.Version, kind, err))
		}
		return apierrors.NewBadRequest(fmt.Sprintf("the object provided is unrecognized (must be of type %s): %v (%s)", kind, err, summarize(body)))
	}
	if actual.GroupVersion() != gv && actual.GroupVersion() != internal {
		return apierrors.NewBadRequest(fmt.Sprintf("the API version in the data (%s) does not match the expected API version (%v)", actual.GroupVersion(), gv))
	}
	ctx := warning.WithWarningRecorder(genericapirequest.WithNamespace(context.Background(), "default"), rec)
	ctx = genericapirequest.WithRequestInfo(ctx, &genericapirequest.RequestInfo{IsResourceRequest: true, Verb: "create", APIGroup: "batch", APIVersion: "v1", Namespace: "default"})
	om, err := meta.Accessor(obj)
	if err != nil {
		return err
	}
	dropRepeatedOwners(ctx, om)
	dropUnreadableManagedFields(om)
	rest.WipeObjectMetaSystemFields(om)
	if ns := om.GetNamespace(); ns == "" {
		om.SetNamespace("default")
	} else if ns != "default" {
		return apierrors.NewBadRequest("the namespace of the provided object does not match the namespace sent on the request")
	}
	rest.FillObjectMetaSystemFields(om)
	om.SetUID("00000000-0000-4000-8000-000000000000")
	if len(om.GetGenerateName()) > 0 && len(om.GetName()) == 0 {
		om.SetName(strategy.GenerateName(om.GetGenerateName()))
	}
	return rest.BeforeCreate(strategy, ctx, obj)
}

// dropRepeatedOwners stands for a step of the create handler that is not exported.
func dropRepeatedOwners(ctx context.Context, om metav1.Object) {
	var distinct []metav1.OwnerReference
	var repeated []string
	for _, owner := range om.GetOwnerReferences() {
		same := func(other metav1.OwnerReference) bool { return equality.Semantic.DeepEqual(other, owner) }
		if slices.ContainsFunc(distinct, same) {
			repeated = append(repeated, string(owner.UID))
		} else {
			distinct = append(distinct, owner)
		}
	}
	if len(repeated) > 0 {
		om.SetOwnerReferences(distinct)
		warning.AddWarning(ctx, "", fmt.Sprintf(handlers.DuplicateOwnerReferencesWarningFormat, strings.Join(repeated, ", ")))
	}
}

// dropUnreadableManagedFields stands for the field manager, which starts anew where it cannot read an entry.
func dropUnreadableManagedFields(om metav1.Object) {
	for _, entry := range om.GetManagedFields() {
		known := entry.Operation == metav1.ManagedFieldsOperationApply || entry.Operation == metav1.ManagedFieldsOperationUpdate
		if !known || entry.APIVersion == "" || entry.FieldsType != "FieldsV1" {
			om.SetManagedFields(nil)
			return
		}
	}
}

// answerInTime gives up on a manifest that takes too long; the work on it goes on unheard.
func answerInTime(text string) verdict {
	done := make(chan verdict, 1)
	go func() { done <- answer(text) }()
	select {
	case v := <-done:
		return v
	case <-time.After(patience):
		return verdict{Reason: "Timeout"}
	}
}

func answer(text string) (v verdict) {
	rec := &recorder{seen: map[string]bool{}}
	defer func() {
		if p := recover(); p != nil {
			v = verdict{Reason: "Panic"}
		}
	}()
	err := create([]byte(text), rec)
	v.Warnings = rec.list
	if err == nil {
		v.Accepted = true
		return
	}
	v.Message = err.Error()
	var st apierrors.APIStatus
	if errors.As(err, &st) {
		s := st.Status()
		v.Status, v.Reason, v.Message = s.Code, string(s.Reason), s.Message
		if s.Details != nil {
			for _, c := range s.Details.Causes {
				v.Causes = append(v.Causes, cause{string(c.Type), c.Field, c.Message})
			}
		}
	}
	return
}

func main() {
	capabilities.Initialize(capabilities.Capabilities{AllowPrivileged: true})
	info, ok := runtime.SerializerInfoForMediaType(legacyscheme.Codecs.SupportedMediaTypes(), "application/yaml")
	if !ok {
		panic("no yaml")
	}
	decoder = legacyscheme.Codecs.DecoderToVersion(info.StrictSerializer, internal)
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 1 {
			c := map[string]any{}
			if e := json.Unmarshal(line, &c); e != nil {
				panic(e)
			}
			text, _ := c["yaml"].(string)
			c["server"] = answerInTime(text)
			b, _ := json.Marshal(c)
			out.Write(b)
			out.WriteByte('\n')
		}
		if err != nil {
			return
		}
	}
}
