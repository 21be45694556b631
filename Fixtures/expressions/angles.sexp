; $<input.x>
(template 0-10
  (expression 0-10
    (root 2-7 input)
    (angles)
    (key 8-9 x)))

; a $<input.rate as number | 0.7> b
(template 0-33
  (text 0-2 "a ")
  (expression 2-31
    (root 4-9 input)
    (angles)
    (key 10-14 rate)
    (cast 18-24
      (type 18-24 number))
    (default 27-30
      (text 27-30 "0.7")))
  (text 31-33 " b"))

; $<input.x | ${input.y | z}>
(template 0-27
  (expression 0-27
    (root 2-7 input)
    (angles)
    (key 8-9 x)
    (default 12-26
      (expression 12-26
        (root 14-19 input)
        (key 20-21 y)
        (default 24-25
          (text 24-25 "z"))))))

; $<input.x | $<input.y>>
(template 0-23
  (expression 0-23
    (root 2-7 input)
    (angles)
    (key 8-9 x)
    (default 12-22
      (expression 12-22
        (root 14-19 input)
        (angles)
        (key 20-21 y)))))

; $<response[].choices[0].delta.content as text;base64>
(template 0-53
  (expression 0-53
    (root 2-10 response)
    (angles)
    (chunk)
    (key 13-20 choices)
    (index 20-23 0)
    (key 24-29 delta)
    (key 30-37 content)
    (cast 41-52
      (type 41-45 text)
      (format 46-52 "base64"))))

; $<input.x @(description A rate)>
(template 0-32
  (expression 0-32
    (root 2-7 input)
    (angles)
    (key 8-9 x)
    (annotation 24-30 description "A rate")))

; $<nothing.x>
(template 0-12
  (text 0-12 "$<nothing.x>"))

; $<input.x
(template 0-9
  (text 0-9 "$<input.x"))

; $<input.x y>
(template 0-12
  (text 0-12 "$<input.x y>"))

; $<input.x | a}>
(template 0-15
  (expression 0-15
    (root 2-7 input)
    (angles)
    (key 8-9 x)
    (default 12-14
      (text 12-14 "a}"))))

; a=$<input.x=$<input.x | b $} {> > e
(template 0-35
  (text 0-12 "a=$<input.x=")
  (expression 12-31
    (root 14-19 input)
    (angles)
    (key 20-21 x)
    (default 24-30
      (text 24-30 "b $} {")))
  (text 31-35 " > e"))

