"""How ready a code base is: the checklist judged, the score, what to do next. Renders nothing."""
