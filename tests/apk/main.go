// Installs an apk into an empty folder as apk itself does: through an index, the world file and the account of what is
// installed. The code that does it is what apko builds Alpine's and Wolfi's images with.
//
//	apk PACKAGE REPOSITORY ROOT
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"

	"github.com/chainguard-dev/go-apk/pkg/apk"
	apkfs "github.com/chainguard-dev/go-apk/pkg/fs"
)

func main() {
	log.SetFlags(0)
	ctx := context.Background()
	file, repository, root := os.Args[1], os.Args[2], os.Args[3]
	pkg, err := publish(ctx, file, repository)
	if err != nil {
		log.Fatal(err)
	}
	client, err := apk.New(
		apk.WithFS(apkfs.DirFS(root, apkfs.WithCreateDir())), apk.WithArch(pkg.Arch), apk.WithNoSignatureIndexes(repository))
	if err != nil {
		log.Fatal(err)
	}
	if err := install(ctx, client, repository, pkg.Name); err != nil {
		log.Fatal(err)
	}
	installed, err := client.GetInstalled()
	if err != nil {
		log.Fatal(err)
	}
	for _, one := range installed {
		fmt.Println(one.Name, one.Version, one.License)
	}
}

// Makes a repository of one package.
func publish(ctx context.Context, file, repository string) (*apk.Package, error) {
	bytes, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer bytes.Close()
	pkg, err := apk.ParsePackage(ctx, bytes)
	if err != nil {
		return nil, err
	}
	index, err := apk.ArchiveFromIndex(&apk.APKIndex{Packages: []*apk.Package{pkg}})
	if err != nil {
		return nil, err
	}
	folder := filepath.Join(repository, pkg.Arch)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	if _, err := bytes.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	if err := write(filepath.Join(folder, pkg.Filename()), bytes); err != nil {
		return nil, err
	}
	return pkg, write(filepath.Join(folder, "APKINDEX.tar.gz"), index)
}

func write(path string, from io.Reader) error {
	to, err := os.Create(path)
	if err != nil {
		return err
	}
	if _, err := io.Copy(to, from); err != nil {
		return err
	}
	return to.Close()
}

func install(ctx context.Context, client *apk.APK, repository, name string) error {
	if err := client.InitDB(ctx); err != nil {
		return err
	}
	if err := client.SetRepositories(ctx, []string{repository}); err != nil {
		return err
	}
	if err := client.SetWorld(ctx, []string{name}); err != nil {
		return err
	}
	return client.FixateWorld(ctx, nil)
}
