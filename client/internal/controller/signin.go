package controller

import "phonghop/shared/meeting"

// SignIn is the screen where a person picks his name.
func (c *Controller) SignIn() SignInView { return SignInView{} }

// ConfirmCode says that the person compared the code of a room that is new to
// this device with the one on the room's screen: they are the same. Only then
// may anybody sign in.
func (c *Controller) ConfirmCode() {}

// SignInAs signs a person in. What comes of it is seen in SignIn (Busy, Code,
// WaitUntil) and Stage. On a shared device nothing of the sign-in outlives the
// program.
func (c *Controller) SignInAs(person meeting.PersonID, pin string, shared bool) {}

// SignOut ends the sign-in and takes everything of this person off the
// device, documents included. It works without the network too.
func (c *Controller) SignOut() {}
