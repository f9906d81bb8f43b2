"""What calls in real packages are for and how long their answers may take, against labels made by hand."""
