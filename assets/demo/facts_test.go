package demo

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestBudgetBalances(t *testing.T) {
	s, r := sum(spending), sum(localRevenue)
	if s.plan != r.plan || s.real26 != r.real26 || s.plan26 != r.plan26 {
		t.Errorf("spending %v does not equal revenue %v", s, r)
	}
	if got := sum(invest); got.plan != spending[0].plan || got.real26 != spending[0].real26 || got.plan26 != spending[0].plan26 {
		t.Errorf("the sources of investment make %v, want %v", got, spending[0])
	}
	if got := sum(current); got.plan != spending[1].plan || got.real26 != spending[1].real26 || got.plan26 != spending[1].plan26 {
		t.Errorf("the fields of current spending make %v, want %v", got, spending[1])
	}
	for i, l := range levels {
		if l[0]+l[1] != spending[i].plan {
			t.Errorf("%s: the levels make %d, want %d", spending[i].name, l[0]+l[1], spending[i].plan)
		}
	}
	var local int64
	for _, v := range communeCurrent {
		local += v
	}
	if local != levels[1][1] {
		t.Errorf("current spending of the communes makes %d, want %d", local, levels[1][1])
	}
}

func TestProjectsUseTheWholePlan(t *testing.T) {
	for level, groups := range [][][]project{cityList(), localList()} {
		_, price, spent, plan := added(groups...)
		if want := levels[0][level] * million; plan != want {
			t.Errorf("level %d: plans make %d, want %d", level, plan, want)
		}
		for _, list := range groups {
			for _, p := range list {
				if p.plan <= 0 || p.spent < 0 || p.spent+p.plan > p.price {
					t.Fatalf("%s: price %d, spent %d, plan %d", p.name, p.price, p.spent, p.plan)
				}
			}
		}
		if spent+plan > price {
			t.Errorf("level %d: more is spent than the works cost", level)
		}
	}
}

func TestCommunes(t *testing.T) {
	names := map[string]bool{}
	var people int64
	for _, c := range communes() {
		names[c.name] = true
		people += c.people
	}
	if len(names) != 62 || people != populationAll {
		t.Errorf("%d names, %d people; want 62 and %d", len(names), people, int64(populationAll))
	}
}

func TestPlanAreas(t *testing.T) {
	p := layOut()
	all := 0.0
	for i, a := range p.area {
		if a <= 0 {
			t.Errorf("%s has no area", landUses[i].name)
		}
		all += a
	}
	if math.Abs(all-p.total) > 1e-6*p.total {
		t.Errorf("the uses make %.1f m², the site %.1f", all, p.total)
	}
}

func TestApportionKeepsTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.Int64Range(0, 50_000_000).Draw(t, "whole")
		weights := rapid.SliceOfN(rapid.Float64Range(0.01, 1000), 1, 80).Draw(t, "weights")
		var got int64
		for _, v := range apportion(whole, weights) {
			if v < 0 {
				t.Fatalf("a part is negative: %d", v)
			}
			got += v
		}
		if got != whole {
			t.Fatalf("the parts make %d, want %d", got, whole)
		}
	})
}
