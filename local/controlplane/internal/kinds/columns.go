package kinds

import (
	"context"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/duration"
)

// column is one column of what `kubectl get` prints.
type column struct {
	name, kind string
	// wide columns are printed with `-o wide` only. They come after Age.
	wide bool
	cell func(object runtime.Object) any
}

func text[T any, PT object[T]](name string, cell func(PT) string) column {
	return column{name, "string", false, func(o runtime.Object) any { return cell(o.(PT)) }}
}

func number[T any, PT object[T]](name string, cell func(PT) int) column {
	return column{name, "integer", false, func(o runtime.Object) any { return int64(cell(o.(PT))) }}
}

func wide(c column) column {
	c.wide = true
	return c
}

// tableConvertor prints Name, the kind's columns, and Age.
type tableConvertor struct{ kind Kind }

func (t tableConvertor) ordered() []column {
	name := column{name: "Name", kind: "string", cell: func(o runtime.Object) any { return metaOf(o).GetName() }}
	aged := column{name: "Age", kind: "string", cell: func(o runtime.Object) any { return age(metaOf(o).GetCreationTimestamp()) }}
	if t.kind.kind == "Event" {
		return t.kind.columns // a kind whose table starts with its age
	}
	columns := []column{name}
	var last []column
	hasAge := false
	for _, c := range t.kind.columns {
		hasAge = hasAge || c.name == "Created At"
		if c.wide {
			last = append(last, c)
		} else {
			columns = append(columns, c)
		}
	}
	if !hasAge {
		columns = append(columns, aged)
	}
	return append(columns, last...)
}

func (t tableConvertor) ConvertToTable(_ context.Context, object, options runtime.Object) (*metav1.Table, error) {
	table := &metav1.Table{}
	columns := t.ordered()
	addRow := func(o runtime.Object) error {
		row := metav1.TableRow{Object: runtime.RawExtension{Object: o}}
		for _, c := range columns {
			row.Cells = append(row.Cells, c.cell(o))
		}
		table.Rows = append(table.Rows, row)
		return nil
	}
	if meta.IsListType(object) {
		if err := meta.EachListItem(object, addRow); err != nil {
			return nil, err
		}
	} else if err := addRow(object); err != nil {
		return nil, err
	}
	if list, err := meta.ListAccessor(object); err == nil {
		table.ResourceVersion = list.GetResourceVersion()
		table.Continue = list.GetContinue()
		table.RemainingItemCount = list.GetRemainingItemCount()
	} else {
		table.ResourceVersion = metaOf(object).GetResourceVersion()
	}
	if o, ok := options.(*metav1.TableOptions); ok && o.NoHeaders {
		return table, nil
	}
	for _, c := range columns {
		definition := metav1.TableColumnDefinition{Name: c.name, Type: c.kind}
		if c.wide {
			definition.Priority = 1
		}
		if c.name == "Name" {
			definition.Format = "name"
		}
		table.ColumnDefinitions = append(table.ColumnDefinitions, definition)
	}
	return table, nil
}

// age prints the time since t as kubectl does: 5s, 3m10s, 2d.
func age(t metav1.Time) string {
	if t.IsZero() {
		return "<unknown>"
	}
	return duration.HumanDuration(time.Since(t.Time))
}

func orNone(s string) string {
	if s == "" {
		return "<none>"
	}
	return s
}

func join(parts []string) string { return orNone(strings.Join(parts, ",")) }

func selectorText(s *metav1.LabelSelector) string { return orNone(metav1.FormatLabelSelector(s)) }

func labelsText(set map[string]string) string { return orNone(labels.FormatLabels(set)) }

// valueOf reads an optional number with what its absence means.
func valueOf[T any](p *T, absent T) T {
	if p == nil {
		return absent
	}
	return *p
}
