"""What each call is for and where it goes: a Decision for every call site. Edits nothing."""
