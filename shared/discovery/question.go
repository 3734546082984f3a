//go:build !js

package discovery

import (
	"net"

	"golang.org/x/net/dns/dnsmessage"
	"golang.org/x/net/ipv4"
)

// askEachInterface sends the question for rooms on every interface by IPv4, each time from a socket
// bound to that interface's own address. It is best effort: answers arrive at the sockets that listen
// to the multicast group, and where sending fails there is nobody to ask.
func askEachInterface(ifaces []net.Interface) {
	packet, err := question()
	if err != nil {
		return
	}
	for _, ifi := range ifaces {
		_ = askOn(ifi, packet)
	}
}

// question packs the DNS question "who offers ServiceType?".
func question() ([]byte, error) {
	name, err := dnsmessage.NewName(ServiceType + "." + domain + ".")
	if err != nil {
		return nil, err
	}
	m := dnsmessage.Message{Questions: []dnsmessage.Question{{
		Name: name, Type: dnsmessage.TypePTR, Class: dnsmessage.ClassINET,
	}}}
	return m.Pack()
}

func askOn(ifi net.Interface, packet []byte) error {
	conn, err := net.ListenUDP("udp4", &net.UDPAddr{})
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	p := ipv4.NewPacketConn(conn)
	if err := p.SetMulticastInterface(&ifi); err != nil {
		return err
	}
	_, err = conn.WriteToUDP(packet, &net.UDPAddr{IP: net.IPv4(224, 0, 0, 251), Port: 5353})
	return err
}
