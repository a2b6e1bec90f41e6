// Kubernetes' own code for admission policies, without an API server: policy FILE < samples > answers. FILE holds a ValidatingAdmissionPolicy or a
// MutatingAdmissionPolicy as an API server takes it; a sample is a line of JSON: object, oldObject, operation, subResource, user, params. So is an answer: verdict
// (admitted, denied, error, skipped; of a mutation changed), message, micros, and the object that comes of a mutation.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	v1 "k8s.io/api/admissionregistration/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/plugin/cel"
	"k8s.io/apiserver/pkg/admission/plugin/policy/mutating/patch"
	"k8s.io/apiserver/pkg/admission/plugin/policy/validating"
	"k8s.io/apiserver/pkg/admission/plugin/webhook/matchconditions"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/cel/environment"
)

type sample struct {
	Object, OldObject, Params    map[string]interface{}
	Operation, SubResource, User string
}

type answer struct {
	Verdict string                 `json:"verdict"`
	Message string                 `json:"message,omitempty"`
	Micros  int64                  `json:"micros"`
	Object  map[string]interface{} `json:"object,omitempty"`
}

type judge func(sample, *admission.VersionedAttributes, schema.GroupVersionResource) answer

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "policy:", err)
		os.Exit(1)
	}
}

func main() {
	file, err := os.Open(os.Args[1])
	fail(err)
	raw := map[string]interface{}{}
	documents := yaml.NewYAMLOrJSONDecoder(file, 4096)
	for raw["kind"] != "ValidatingAdmissionPolicy" && raw["kind"] != "MutatingAdmissionPolicy" {
		raw = map[string]interface{}{}
		fail(documents.Decode(&raw))
	}
	text, _ := json.Marshal(raw)
	compiler, err := cel.NewCompositedCompiler(environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion()))
	fail(err)
	var decide judge
	if raw["kind"] == "ValidatingAdmissionPolicy" {
		var policy v1.ValidatingAdmissionPolicy
		fail(json.Unmarshal(text, &policy))
		decide = validate(compiler, &policy)
	} else {
		var policy v1.MutatingAdmissionPolicy
		fail(json.Unmarshal(text, &policy))
		decide = mutate(compiler, &policy)
	}

	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 64*1024*1024)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for lines.Scan() {
		var s sample
		fail(json.Unmarshal(lines.Bytes(), &s))
		gvk := schema.GroupVersionKind{Version: "v1", Kind: "Pod"}
		gvr := schema.GroupVersionResource{Version: "v1", Resource: "pods"}
		var object, old runtime.Object
		if s.Object != nil {
			object = &unstructured.Unstructured{Object: s.Object}
		}
		if s.OldObject != nil {
			old = &unstructured.Unstructured{Object: s.OldObject}
		}
		attributes := admission.NewAttributesRecord(object, old, gvk, "shop", "p", gvr, s.SubResource, admission.Operation(s.Operation), nil, false, &user.DefaultInfo{Name: s.User})
		started := time.Now()
		a := decide(s, &admission.VersionedAttributes{Attributes: attributes, VersionedKind: gvk, VersionedObject: object, VersionedOldObject: old}, gvr)
		a.Micros = time.Since(started).Microseconds()
		line, err := json.Marshal(a)
		fail(err)
		out.Write(append(line, '\n'))
	}
	fail(lines.Err())
}

func matcher(compiler *cel.CompositedCompiler, conditions []v1.MatchCondition, options cel.OptionalVariableDeclarations, failure *v1.FailurePolicyType) matchconditions.Matcher {
	accessors := make([]cel.ExpressionAccessor, len(conditions))
	for i := range conditions {
		accessors[i] = (*matchconditions.MatchCondition)(&conditions[i])
	}
	return matchconditions.NewMatcher(compiler.CompileCondition(accessors, options, environment.StoredExpressions), failure, "policy", "validate", "p")
}

func validate(compiler *cel.CompositedCompiler, policy *v1.ValidatingAdmissionPolicy) judge {
	options := cel.OptionalVariableDeclarations{}
	variables := []cel.NamedExpressionAccessor{}
	for _, v := range policy.Spec.Variables {
		variables = append(variables, &validating.Variable{Name: v.Name, Expression: v.Expression})
	}
	compiler.CompileAndStoreVariables(variables, options, environment.NewExpressions)
	validations, messages := []cel.ExpressionAccessor{}, []cel.ExpressionAccessor{}
	for _, v := range policy.Spec.Validations {
		validations = append(validations, &validating.ValidationCondition{Expression: v.Expression, Message: v.Message, Reason: v.Reason})
		messages = append(messages, &validating.MessageExpressionCondition{MessageExpression: v.MessageExpression})
	}
	compiled := compiler.CompileCondition(validations, options, environment.NewExpressions)
	for _, err := range compiled.CompilationErrors() {
		fail(err)
	}
	none := compiler.CompileCondition(nil, options, environment.StoredExpressions)
	validator := validating.NewValidator(compiled, matcher(compiler, policy.Spec.MatchConditions, options, policy.Spec.FailurePolicy), none,
		compiler.CompileCondition(messages, options, environment.NewExpressions), policy.Spec.FailurePolicy, nil)
	return func(s sample, attributes *admission.VersionedAttributes, gvr schema.GroupVersionResource) answer {
		result := validator.Validate(context.Background(), gvr, attributes, nil, nil, celconfig.RuntimeCELCostBudget, nil)
		if len(result.Decisions) == 0 {
			return answer{Verdict: "skipped"}
		}
		for _, d := range result.Decisions {
			if d.Evaluation == validating.EvalError {
				return answer{Verdict: "error", Message: d.Message}
			}
			if d.Action != validating.ActionAdmit {
				return answer{Verdict: "denied", Message: d.Message}
			}
		}
		return answer{Verdict: "admitted"}
	}
}

func mutate(compiler *cel.CompositedCompiler, policy *v1.MutatingAdmissionPolicy) judge {
	options := cel.OptionalVariableDeclarations{HasParams: true}
	matches := matcher(compiler, policy.Spec.MatchConditions, options, policy.Spec.FailurePolicy)
	options.HasPatchTypes = true
	patcher := patch.NewJSONPatcher(compiler.CompileMutatingEvaluator(&patch.JSONPatchCondition{Expression: policy.Spec.Mutations[0].JSONPatch.Expression}, options, environment.NewExpressions))
	return func(s sample, attributes *admission.VersionedAttributes, gvr schema.GroupVersionResource) answer {
		params := &unstructured.Unstructured{Object: s.Params}
		if !matches.Match(context.Background(), attributes, params, nil).Matches {
			return answer{Verdict: "skipped"}
		}
		object, err := patcher.Patch(context.Background(), patch.Request{MatchedResource: gvr, VersionedAttributes: attributes,
			ObjectInterfaces: admission.NewObjectInterfacesFromScheme(runtime.NewScheme()), OptionalVariables: cel.OptionalVariableBindings{VersionedParams: params}}, celconfig.RuntimeCELCostBudget)
		if err != nil {
			return answer{Verdict: "error", Message: err.Error()}
		}
		return answer{Verdict: "changed", Object: object.(*unstructured.Unstructured).Object}
	}
}
