//go:build !mobile

package uitest

const onTablet = false
