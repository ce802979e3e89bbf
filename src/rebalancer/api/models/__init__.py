"""Models of every body that the API takes or gives. Unknown fields are refused, money is a decimal text."""
