"""Calls to OpenAI in JavaScript and TypeScript, for the inventory: nothing there is edited."""
