"""The commands, a module each. Only here are arguments read, and only from here is anything written."""
