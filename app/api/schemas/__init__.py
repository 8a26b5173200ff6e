"""What requests and answers look like on the wire; written by hand, apart from the domain."""
