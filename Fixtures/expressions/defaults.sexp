; ${input.x | d}
(template 0-14
  (expression 0-14
    (root 2-7 input)
    (key 8-9 x)
    (default 12-13
      (text 12-13 "d"))))

; ${input.x|d}
(template 0-12
  (expression 0-12
    (root 2-7 input)
    (key 8-9 x)
    (default 10-11
      (text 10-11 "d"))))

; ${input.x | d }
; 13-14 warning[trailing-default-space]: white space at the end is a part of the default
(template 0-15
  (expression 0-15
    (root 2-7 input)
    (key 8-9 x)
    (default 12-14
      (text 12-14 "d "))))

; ${input.x |d e  f}
(template 0-18
  (expression 0-18
    (root 2-7 input)
    (key 8-9 x)
    (default 11-17
      (text 11-17 "d e  f"))))

; ${input.x | }
(template 0-13
  (expression 0-13
    (root 2-7 input)
    (key 8-9 x)
    (default 11-12
      (text 11-12 " "))))

; ${input.x |   }
(template 0-15
  (expression 0-15
    (root 2-7 input)
    (key 8-9 x)
    (default 13-14
      (text 13-14 " "))))

; ${input.x |\t }
(template 0-14
  (expression 0-14
    (root 2-7 input)
    (key 8-9 x)
    (default 12-13
      (text 12-13 " "))))

; ${input.x | ${b}}
(template 0-17
  (expression 0-17
    (root 2-7 input)
    (key 8-9 x)
    (default 12-16
      (expression 12-16
        (root 14-15 b)))))

; ${input.x | ${b | ${c | lit}}}
(template 0-30
  (expression 0-30
    (root 2-7 input)
    (key 8-9 x)
    (default 12-29
      (expression 12-29
        (root 14-15 b)
        (default 18-28
          (expression 18-28
            (root 20-21 c)
            (default 24-27
              (text 24-27 "lit"))))))))

; ${input.x | pre ${b} post}
; 15-16 error[space-before-nested]: white space before an expression inside a default
(template 0-26
  (expression 0-26
    (root 2-7 input)
    (key 8-9 x)
    (default 12-25
      (text 12-16 "pre ")
      (expression 16-20
        (root 18-19 b))
      (text 20-25 " post"))))

; ${input.x | {"a": {"b": [1, ${c}]}}} tail
; 27-28 error[space-before-nested]: white space before an expression inside a default
(template 0-41
  (expression 0-36
    (root 2-7 input)
    (key 8-9 x)
    (default 12-35
      (text 12-28 "{\"a\": {\"b\": [1, ")
      (expression 28-32
        (root 30-31 c))
      (text 32-35 "]}}")))
  (text 36-41 " tail"))

; Hi ${input.s | World}! {ok}
; 21-27 error[greedy-default]: the reference takes this text for a part of the default
(template 0-27
  (text 0-3 "Hi ")
  (expression 3-21
    (root 5-10 input)
    (key 11-12 s)
    (default 15-20
      (text 15-20 "World")))
  (text 21-27 "! {ok}"))

; {"a": ${input.x | 1}}
; 20-21 error[greedy-default]: the reference takes this text for a part of the default
(template 0-21
  (text 0-6 "{\"a\": ")
  (expression 6-20
    (root 8-13 input)
    (key 14-15 x)
    (default 18-19
      (text 18-19 "1")))
  (text 20-21 "}"))

; ${input.x | a \{ b \} c \$ \@ d}
(template 0-32
  (expression 0-32
    (root 2-7 input)
    (key 8-9 x)
    (default 12-31
      (text 12-31 "a \\{ b \\} c \\$ \\@ d"))))

; ${input.x | \${b}}
(template 0-18
  (expression 0-18
    (root 2-7 input)
    (key 8-9 x)
    (default 12-17
      (text 12-13 "\\")
      (expression 13-17
        (root 15-16 b)))))

; ${input.x | a | b}
(template 0-18
  (expression 0-18
    (root 2-7 input)
    (key 8-9 x)
    (default 12-17
      (text 12-17 "a | b"))))

; ${input.x | | b}
(template 0-16
  (expression 0-16
    (root 2-7 input)
    (key 8-9 x)
    (default 12-15
      (text 12-15 "| b"))))

; ${input.x | a@(b c)}
; 13-15 error[expression-syntax]: white space is missing before '@('
(template 0-20
  (expression 0-20
    (root 2-7 input)
    (key 8-9 x)
    (default 12-19
      (text 12-19 "a@(b c)"))))

; ${input.x | line one\nline two}
; 20-21 error[expression-syntax]: a default cannot go on in another line
(template 0-30
  (expression 0-30
    (root 2-7 input)
    (key 8-9 x)
    (default 12-29
      (text 12-29 "line one\nline two"))))

; ${input.x as json | {"quoted": "x"}}
(template 0-36
  (expression 0-36
    (root 2-7 input)
    (key 8-9 x)
    (cast 13-17
      (type 13-17 json))
    (default 20-35
      (text 20-35 "{\"quoted\": \"x\"}"))))

; ${input.x as json | "text"}
(template 0-27
  (expression 0-27
    (root 2-7 input)
    (key 8-9 x)
    (cast 13-17
      (type 13-17 json))
    (default 20-26
      (text 20-26 "\"text\""))))

; ${input.x | "a" or "b"}
(template 0-23
  (expression 0-23
    (root 2-7 input)
    (key 8-9 x)
    (default 12-22
      (text 12-22 "\"a\" or \"b\""))))

; ${input.x | it's}
(template 0-17
  (expression 0-17
    (root 2-7 input)
    (key 8-9 x)
    (default 12-16
      (text 12-16 "it's"))))

; ${input.x | a "b"}
(template 0-18
  (expression 0-18
    (root 2-7 input)
    (key 8-9 x)
    (default 12-17
      (text 12-17 "a \"b\""))))

; ${input.x | d\n  }
(template 0-17
  (expression 0-17
    (root 2-7 input)
    (key 8-9 x)
    (default 12-13
      (text 12-13 "d"))))

; ${input.x | d  \n}
; 13-15 warning[trailing-default-space]: white space at the end is a part of the default
(template 0-17
  (expression 0-17
    (root 2-7 input)
    (key 8-9 x)
    (default 12-15
      (text 12-15 "d  "))))

; ${input.x|d}-${nope|d}
; 19-20 error[swallowed-default]: white space is missing between 'nope' and '|'
(template 0-22
  (expression 0-12
    (root 2-7 input)
    (key 8-9 x)
    (default 10-11
      (text 10-11 "d")))
  (text 12-13 "-")
  (expression 13-22
    (root 15-19 nope)
    (default 20-21
      (text 20-21 "d"))))

; Hi ${input.s | World @(description s)}! {ok}
(template 0-44
  (text 0-3 "Hi ")
  (expression 3-38
    (root 5-10 input)
    (key 11-12 s)
    (default 15-20
      (text 15-20 "World"))
    (annotation 35-36 description "s"))
  (text 38-44 "! {ok}"))

; ${input.n as json | {"v":${x}, "w":[${y}]}}
(template 0-43
  (expression 0-43
    (root 2-7 input)
    (key 8-9 n)
    (cast 13-17
      (type 13-17 json))
    (default 20-42
      (text 20-25 "{\"v\":")
      (expression 25-29
        (root 27-28 x))
      (text 29-36 ", \"w\":[")
      (expression 36-40
        (root 38-39 y))
      (text 40-42 "]}"))))

; ${input.x | ${a}${b}-${c} post}
(template 0-31
  (expression 0-31
    (root 2-7 input)
    (key 8-9 x)
    (default 12-30
      (expression 12-16
        (root 14-15 a))
      (expression 16-20
        (root 18-19 b))
      (text 20-21 "-")
      (expression 21-25
        (root 23-24 c))
      (text 25-30 " post"))))

