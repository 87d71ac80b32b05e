version = "1-1"
dependencies = {
  "b", "user/c >= 1", [==[long]] "quoted"]==], 
