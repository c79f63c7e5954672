module verdict
