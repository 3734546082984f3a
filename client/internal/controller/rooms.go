package controller

// Rooms is the screen where a room is chosen.
func (c *Controller) Rooms() RoomsView { return RoomsView{} }

// Choose goes to a room of the list. What comes of it is seen in Rooms
// (Joining, Code) and Stage.
func (c *Controller) Choose(key string) {}

// EnterAddress goes to a room whose address was typed or whose QR code was
// read. It returns "address" at once where the text is no address, with the
// words of join.address_bad; else it goes on as Choose does.
func (c *Controller) EnterAddress(text string) (code string) { return "" }

// ForgetRoom takes a room off the list of known rooms, with everything the
// device kept of it. The next visit is like the first one.
func (c *Controller) ForgetRoom(key string) {}

// LeaveRoom goes back to the choice of a room, staying signed in: what is
// kept remains, and choosing the room again enters it without a PIN.
func (c *Controller) LeaveRoom() {}
