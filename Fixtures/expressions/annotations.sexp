; ${input.x @(description A text)}
(template 0-32
  (expression 0-32
    (root 2-7 input)
    (key 8-9 x)
    (annotation 24-30 description "A text")))

; ${input.x as integer | 5 @(description How many (1-10)) }
(template 0-57
  (expression 0-57
    (root 2-7 input)
    (key 8-9 x)
    (cast 13-20
      (type 13-20 integer))
    (default 23-24
      (text 23-24 "5"))
    (annotation 39-54 description "How many (1-10)")))

; ${input.x @(description a (b (c)) d) @(unit ms)}
(template 0-48
  (expression 0-48
    (root 2-7 input)
    (key 8-9 x)
    (annotation 24-35 description "a (b (c)) d")
    (annotation 44-46 unit "ms")))

; ${input.x | d  @(description A text)}
(template 0-37
  (expression 0-37
    (root 2-7 input)
    (key 8-9 x)
    (default 12-13
      (text 12-13 "d"))
    (annotation 29-35 description "A text")))

; ${input.x @(a x)@(b y)}
(template 0-23
  (expression 0-23
    (root 2-7 input)
    (key 8-9 x)
    (annotation 14-21 a "x)@(b y")))

; ${input.x @( description\tA text )}
(template 0-34
  (expression 0-34
    (root 2-7 input)
    (key 8-9 x)
    (annotation 25-32 description "A text ")))

; ${input.x @(description 1) first 2) second)}
(template 0-44
  (expression 0-44
    (root 2-7 input)
    (key 8-9 x)
    (annotation 24-42 description "1) first 2) second")))

; ${input.x @(description smile :( please)}
(template 0-41
  (expression 0-41
    (root 2-7 input)
    (key 8-9 x)
    (annotation 24-39 description "smile :( please")))

; ${input.x @(description braces {like (this)} are text)}
(template 0-55
  (expression 0-55
    (root 2-7 input)
    (key 8-9 x)
    (annotation 24-53 description "braces {like (this)} are text")))

; ${input.x @(description a \} b)}
(template 0-32
  (expression 0-32
    (root 2-7 input)
    (key 8-9 x)
    (annotation 24-30 description "a \\} b")))

; ${input.x @(description e.g. "x | y", @home, $5)}
(template 0-49
  (expression 0-49
    (root 2-7 input)
    (key 8-9 x)
    (annotation 24-47 description "e.g. \"x | y\", @home, $5")))

; ${input.x | {"a @(b c)": 1} @(d e)}
; 16-18 error[expression-syntax]: a default cannot hold '@(' behind white space
(template 0-35
  (expression 0-35
    (root 2-7 input)
    (key 8-9 x)
    (default 12-27
      (text 12-27 "{\"a @(b c)\": 1}"))
    (annotation 32-33 d "e")))

