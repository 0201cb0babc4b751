// Command render prints what `helm template` would: Go's text/template with Sprig's functions, and the handful that Helm
// adds. It is for machines without Helm, and is built from Debian's packages (see deploy/helm/render.sh).
//
//	render CHART RELEASE VALUES.yaml
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"sigs.k8s.io/yaml"
)

type values = map[string]interface{}

func main() {
	chart, release, given := os.Args[1], os.Args[2], os.Args[3]
	output, err := render(chart, release, given)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Print(output)
}

func render(chart, release, given string) (string, error) {
	var meta struct{ Name, Version, AppVersion string }
	if err := readYaml(filepath.Join(chart, "Chart.yaml"), &meta); err != nil {
		return "", err
	}
	var under, over values
	if err := readYaml(filepath.Join(chart, "values.yaml"), &under); err != nil {
		return "", err
	}
	if err := readYaml(given, &over); err != nil {
		return "", err
	}
	files, err := filepath.Glob(filepath.Join(chart, "templates", "*"))
	if err != nil {
		return "", err
	}
	sort.Strings(files)
	// As Helm does: what is not there is nothing.
	templates := template.New("chart").Option("missingkey=zero")
	templates.Funcs(functions(templates))
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		if _, err := templates.New(filepath.Base(file)).Parse(string(text)); err != nil {
			return "", err
		}
	}
	root := values{
		"Values":  merge(under, over),
		"Chart":   values{"Name": meta.Name, "Version": meta.Version, "AppVersion": meta.AppVersion},
		"Release": values{"Name": release, "Namespace": "default", "Service": "Helm", "IsInstall": true, "IsUpgrade": false, "Revision": 1},
	}
	var out strings.Builder
	for _, file := range files {
		name := filepath.Base(file)
		if strings.HasPrefix(name, "_") {
			continue
		}
		var text strings.Builder
		if err := templates.ExecuteTemplate(&text, name, root); err != nil {
			return "", err
		}
		// Helm does the same: an option of templates lets nothing be printed as this.
		document := strings.TrimSpace(strings.ReplaceAll(text.String(), "<no value>", ""))
		if document != "" && filepath.Ext(name) == ".yaml" {
			fmt.Fprintf(&out, "---\n# Source: %s/templates/%s\n%s\n", meta.Name, name, document)
		}
	}
	return out.String(), nil
}

func functions(templates *template.Template) template.FuncMap {
	all := sprig.TxtFuncMap()
	delete(all, "env")
	delete(all, "expandenv")
	all["include"] = func(name string, data interface{}) (string, error) {
		var text strings.Builder
		err := templates.ExecuteTemplate(&text, name, data)
		return text.String(), err
	}
	all["toYaml"] = func(value interface{}) (string, error) {
		text, err := yaml.Marshal(value)
		return strings.TrimSuffix(string(text), "\n"), err
	}
	all["required"] = func(complaint string, value interface{}) (interface{}, error) {
		if text, isText := value.(string); value == nil || isText && text == "" {
			return value, fmt.Errorf("%s", complaint)
		}
		return value, nil
	}
	return all
}

func readYaml(path string, into interface{}) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return yaml.Unmarshal(text, into)
}

// merge has what over says, and under it what under says, map by map.
func merge(under, over values) values {
	merged := values{}
	for key, value := range under {
		merged[key] = value
	}
	for key, value := range over {
		below, isMap := merged[key].(values)
		if above, bothAre := value.(values); isMap && bothAre {
			value = merge(below, above)
		}
		merged[key] = value
	}
	return merged
}
