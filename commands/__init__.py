"""The commands of `youju`: each reads its arguments, calls the library, and prints."""
