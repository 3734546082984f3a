package controller

import "phonghop/shared/roster"

func person(name string) roster.Person {
	return roster.Person{Kind: roster.KindPerson, Name: name, Position: "Chuyên viên", Order: 9}
}
