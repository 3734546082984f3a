package main

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
)

// What Android is told of the app is what the app is, and no more than it needs.
func TestAndroidManifest(t *testing.T) {
	data, err := os.ReadFile("AndroidManifest.xml")
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Package     string `xml:"package,attr"`
		VersionName string `xml:"versionName,attr"`
		Permissions []struct {
			Name string `xml:"name,attr"`
		} `xml:"uses-permission"`
		Application struct {
			Backup   string `xml:"allowBackup,attr"`
			Activity struct {
				Name string `xml:"name,attr"`
				Meta []struct {
					Name  string `xml:"name,attr"`
					Value string `xml:"value,attr"`
				} `xml:"meta-data"`
			} `xml:"activity"`
		} `xml:"application"`
	}
	if err := xml.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	if m.Package != appID {
		t.Errorf("the app is %s, its manifest is of %s", appID, m.Package)
	}
	described, err := os.ReadFile("../packaging/FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(described), `Version = "`+m.VersionName+`"`) || !strings.HasPrefix(version, m.VersionName) {
		t.Errorf("version %s in the manifest", m.VersionName)
	}
	if m.Application.Backup != "false" {
		t.Errorf("backup %q", m.Application.Backup)
	}
	a := m.Application.Activity
	if a.Name != "org.golang.app.GoNativeActivity" || len(a.Meta) != 1 || a.Meta[0].Name != "android.app.lib_name" || a.Meta[0].Value == "" {
		t.Errorf("the toolkit does not start with %+v", a)
	}
	var asked []string
	for _, p := range m.Permissions {
		asked = append(asked, strings.TrimPrefix(p.Name, "android.permission."))
	}
	slices.Sort(asked)
	if !slices.Equal(asked, []string{"ACCESS_NETWORK_STATE", "INTERNET"}) {
		t.Errorf("permissions: %v", asked)
	}
}

// The packer of the toolkit refuses a manifest with an attribute that it has no number for; these it has.
func TestAndroidManifestIsUnderstood(t *testing.T) {
	known := []string{"versionCode", "versionName", "label", "name", "value", "allowBackup", "configChanges", "exported", "launchMode",
		"theme", "windowSoftInputMode"}
	f, err := os.Open("AndroidManifest.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for d := xml.NewDecoder(f); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		start, _ := token.(xml.StartElement)
		for _, a := range start.Attr {
			if a.Name.Space == "http://schemas.android.com/apk/res/android" && !slices.Contains(known, a.Name.Local) {
				t.Errorf("%s has the attribute %s", start.Name.Local, a.Name.Local)
			}
		}
	}
}
