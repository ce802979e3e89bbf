"""Models of every body that the API takes or gives: one file per noun. Unknown fields are refused, money is a decimal text."""
